import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pixelsOf } from '../../src/audit/dicom/pixel-data.ts';
import { readSecond } from '../../src/audit/dicom/second-reader.ts';
import { changedFrame } from '../../src/audit/pixel-proof.ts';
import { readDicom } from '../../src/dicom/file.ts';
import { rowRuns } from '../../src/dicom/pixels/boxes.ts';
import { pixelsOfFile } from '../../src/dicom/pixels/of-file.ts';
import { openStored } from '../../src/dicom/pixels/stored.ts';
import { writeDicom } from '../../src/dicom/write.ts';
import { redactDicom } from '../../src/mask/dicom/redact/redaction.ts';
import { projectSchema } from '../../src/project/schema.ts';
import { memorySource } from '../../src/splice.ts';
import { has, IN_CI } from '../e2e/cli.ts';

const { limits } = projectSchema.parse({ version: 1 });
const corpora = ['dicom', 'pixel'].map((name) => resolve('../shared/corpora', name)).filter(existsSync);
if (corpora.length === 0) console.warn('SKIPPED: ../shared/corpora is absent; no real file was redacted');
const hasPeers = has('dcmdump') && has('dcmj2pnm') && has('gdcmconv');
if (!hasPeers && IN_CI)
  throw new Error('CI needs dcmdump, dcmj2pnm and gdcmconv: install dcmtk and libgdcm-tools');
if (!hasPeers) console.warn('SKIPPED: dcmtk or libgdcm-tools is absent; nobody else opened redacted files');

/** Pixels of one bit are refused, and so is what cannot be decoded; everything else must go through. */
const REFUSED =
  /one bit|cannot be read|not read|missing|contradicts|differ|palette|floating|do not fit|fit into|JPIP|several samples|neither 1 nor 3|larger than/;

interface Candidate {
  readonly name: string;
  readonly path: string;
}

function candidates(): Candidate[] {
  return corpora.flatMap((root) =>
    readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      return entry.isFile() && hasFrames(path) ? [{ name: entry.name, path }] : [];
    }),
  );
}

function hasFrames(path: string): boolean {
  try {
    const bytes = readFileSync(path);
    return pixelsOfFile(readDicom(memorySource(bytes), limits)) !== undefined;
  } catch {
    return false;
  }
}

describe.skipIf(corpora.length === 0)('redacting real files', { timeout: 60_000 }, () => {
  const scratch = mkdtempSync(join(tmpdir(), 'phi-gate-redaction-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  const files = candidates();
  let redacted = 0;

  it.each(files)('$name: other samples than those in the box are as they were', async ({ path }) => {
    const bytes = readFileSync(path);
    const source = memorySource(bytes);
    const file = readDicom(source, limits);
    const pixels = pixelsOfFile(file);
    if (pixels === undefined) throw new Error('no pixels');
    const { rows, columns, frames } = pixels.description;
    const box = [columns >> 2, rows >> 2, Math.max(1, columns >> 2), Math.max(1, rows >> 3)] as const;
    const isReadable = await firstFrame(bytes).then(
      (frame) => frame?.state === 'decoded',
      () => false,
    );
    const result = await redactDicom(source, file, [{ first: 1, last: frames, box }], limits).catch(
      (error: unknown) => error as Error,
    );
    if (result instanceof Error) {
      expect(result).toMatchObject({ code: expect.stringMatching(/unsupported|malformed|truncated/) });
      expect(
        !isReadable || REFUSED.test(result.message) || /frames/.test(result.message),
        result.message,
      ).toBe(true);
      return;
    }
    const parts: Buffer[] = [];
    writeDicom(source, file, result.head, result.edits, { write: (part) => parts.push(Buffer.from(part)) });
    const out = Buffer.concat(parts);
    expect(await changedFrame(secondPixels(bytes), secondPixels(out), result.covered)).toBeUndefined();
    const frame = await firstFrame(out);
    if (frame?.state !== 'decoded') throw new Error('the redacted frame is not decoded');
    const channels = pixels.description.samplesPerPixel;
    const levels = new Set<number>();
    for (const { y, start, end } of rowRuns([box], pixels.description))
      for (let x = start; x < end; x++) levels.add(frame.values[(y * columns + x) * channels] as number);
    // Coefficients give a black that rounding may leave a little uneven.
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThanOrEqual(4);
    redacted += 1;
    if (hasPeers) opens(out, path);
  });

  it('went through for most of them', () => {
    expect(redacted).toBeGreaterThan(0.8 * files.length);
  });

  /** Other readers take what they took before. */
  function opens(out: Buffer, path: string): void {
    const target = join(scratch, 'redacted.dcm');
    writeFileSync(target, out);
    const works = (command: string, ...options: string[]) => {
      try {
        execFileSync(command, options, { stdio: 'pipe' });
        return true;
      } catch {
        return false;
      }
    };
    const image = join(scratch, 'picture.pnm');
    const raw = join(scratch, 'raw.dcm');
    if (works('dcmdump', '-q', path)) expect(works('dcmdump', '-q', target), 'dcmdump').toBe(true);
    if (works('dcmj2pnm', path, image)) expect(works('dcmj2pnm', target, image), 'dcmj2pnm').toBe(true);
    if (works('gdcmconv', '--raw', path, raw))
      expect(works('gdcmconv', '--raw', target, raw), 'gdcmconv').toBe(true);
  }
});

async function firstFrame(bytes: Buffer) {
  const pixels = pixelsOfFile(readDicom(memorySource(bytes), limits));
  return pixels === undefined ? undefined : openStored(pixels.description, pixels.data, limits).read(0);
}

function secondPixels(bytes: Buffer) {
  const source = memorySource(bytes);
  const file = readDicom(source, limits);
  const pixels = pixelsOf(readSecond(source, file, limits), file.transferSyntax, file.body);
  if (pixels === undefined) throw new Error('the second reader sees no pixels');
  return pixels;
}
