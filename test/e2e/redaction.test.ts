import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDicom } from '../../src/dicom/file.ts';
import { pixelsOfFile } from '../../src/dicom/pixels/of-file.ts';
import { openStored } from '../../src/dicom/pixels/stored.ts';
import { asciiValue } from '../../src/dicom/values.ts';
import { projectSchema } from '../../src/project/schema.ts';
import { memorySource } from '../../src/splice.ts';
import { text } from '../dicom/data-set.ts';
import { described } from '../dicom/pixels/described.ts';
import { imageFile } from '../dicom/pixels/image-file.ts';
import { blank, drawText } from '../ocr/bitmap-text.ts';
import {
  filesUnder,
  has,
  IN_CI,
  isBuilt,
  type ManifestLine,
  manifestOf,
  parseFindings,
  phiGate,
  SAMPLE,
  scratch,
} from './cli.ts';

const { limits } = projectSchema.parse({ version: 1 });
const hasTesseract = has('tesseract');
if (!hasTesseract && IN_CI) throw new Error('CI needs tesseract: install tesseract-ocr');
if (!hasTesseract) console.warn('SKIPPED: tesseract is not installed; nobody else read the redacted frames');

const SOURCES = ['us_burned.dcm', 'us_burned_jpeg.dcm', 'us_multiframe_rle.dcm'];
const WORDS = /GREENHALGE|MARTHA|70458812|14[.,]?03[.,]?1961/i;

async function grey(
  path: string,
  index: number,
): Promise<{ width: number; height: number; data: Uint8Array }> {
  const pixels = pixelsOfFile(readDicom(memorySource(readFileSync(path)), limits));
  if (pixels === undefined) throw new Error('no pixels');
  const frame = await openStored(pixels.description, pixels.data).read(index);
  if (frame.state === 'not-run') throw new Error(frame.why);
  const { columns: width, rows: height } = pixels.description;
  return { width, height, data: Uint8Array.from(frame.values) };
}

describe.skipIf(!isBuilt)('text in the pixels', { timeout: 300_000 }, () => {
  const folder = scratch('redaction');
  let input = '';
  beforeAll(() => {
    input = folder.path('input');
    for (const name of SOURCES) cpSync(join(SAMPLE, 'dicom/pixels', name), join(input, name));
  });
  afterAll(() => folder.remove());

  async function runWith(
    redact: string,
  ): Promise<{ lines: ManifestLine[]; out: string; code: number | null }> {
    const [out, work] = [folder.path(`${redact}-out`), folder.path(`${redact}-work`)];
    const project = folder.path(`${redact}.yaml`);
    writeFileSync(project, `version: 1\ntemplate: safe-harbor\npixels: { redact: ${redact} }\n`);
    const { code } = await phiGate(['run', input, '--out', out, '--work', work, '--project', project]);
    return { lines: await manifestOf(work), out, code };
  }

  it('keeps files from release where the project wants no pixel changed', async () => {
    const { lines, out, code } = await runWith('none');
    expect(lines.map(({ status, reason }) => `${status} ${reason}`)).toEqual(
      SOURCES.map(() => 'quarantined pixels-text'),
    );
    expect(filesUnder(join(out, 'data'))).toEqual([]);
    expect(code).toBe(1);
    const findings = parseFindings(readFileSync(join(out, 'report/findings.jsonl'), 'utf8'));
    expect(findings.length).toBeGreaterThan(SOURCES.length);
    expect(new Set(findings.map((finding) => finding.shown)).size).toBe(1);
    for (const finding of findings)
      expect(finding).toMatchObject({
        box: expect.any(Array),
        category: expect.stringMatching(/^[A-R]$/),
        tier: expect.stringMatching(/^(leak|suspect)$/),
      });
  });

  it.each(['identified', 'unsafe', 'all'])('is gone from the release: %s', async (redact) => {
    const { lines, out, code } = await runWith(redact);
    expect(lines.map(({ status }) => status)).toEqual(['released', 'released', 'released']);
    expect(code).toBe(0);
    for (const { source, output } of lines) {
      const path = join(out, 'data', output ?? '');
      const file = readDicom(memorySource(readFileSync(path)), limits);
      const at = (tag: number) => file.dataSet.find((element) => element.tag === (tag as never));
      const burnedIn = at(0x00280301);
      const method = at(0x00120063);
      expect(burnedIn && asciiValue(file.body, burnedIn)).toBe('NO');
      expect(method && asciiValue(file.body, method)).toContain('blacked out');
      const frames = source.includes('multiframe') ? [0, 1, 2] : [0];
      for (const index of frames) {
        if (hasTesseract)
          expect(await readByTesseract(path, index, folder.path('frame.pgm'))).not.toMatch(WORDS);
      }
    }
  });

  it('that cannot be blacked out is not released, though suspects are', async () => {
    const image = blank(320, 48);
    drawText(image, 'THEODORA 5550143', 10, 14, 3);
    const bits = new Uint8Array((320 * 48) / 8);
    image.data.forEach((value, i) => {
      if (value > 127) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
    });
    const description = described({ rows: 48, columns: 320, bitsAllocated: 1 });
    const [one, out, work] = ['one', 'one-out', 'one-work'].map((name) => folder.path(name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(one, { recursive: true });
    writeFileSync(join(one, 'a.dcm'), imageFile(description, bits, [text('00100020', 'LO', '7750912')]));
    const project = folder.path('suspects.yaml');
    writeFileSync(project, 'version: 1\ntemplate: safe-harbor\nsuspects: release\n');
    await phiGate(['run', one, '--out', out, '--work', work, '--project', project]);
    expect((await manifestOf(work)).map(({ status }) => status)).toEqual(['quarantined']);
  });

  it('leaves the frames of a cine alone that have none', async () => {
    const { lines, out } = await runWith('unsafe');
    const cine = lines.find(({ source }) => source.includes('multiframe'));
    const path = join(out, 'data', cine?.output ?? '');
    const original = join(input, 'us_multiframe_rle.dcm');
    for (const index of [0, 2]) expect(await grey(path, index)).toEqual(await grey(original, index));
    expect(await grey(path, 1)).not.toEqual(await grey(original, 1));
  });

  it('is read in the original by the reader that finds none afterwards', async () => {
    if (!hasTesseract) return;
    expect(await readByTesseract(join(input, 'us_burned.dcm'), 0, folder.path('frame.pgm'))).toMatch(WORDS);
  });
});

async function readByTesseract(path: string, index: number, target: string): Promise<string> {
  const { width, height, data } = await grey(path, index);
  writeFileSync(
    target,
    Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data.map((v) => 255 - v)]),
  );
  return execFileSync('tesseract', [target, '-', '--psm', '11'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  }).toString();
}
