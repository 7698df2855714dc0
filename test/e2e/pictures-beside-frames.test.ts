import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw, sequence, text } from '../dicom/data-set.ts';
import { described } from '../dicom/pixels/described.ts';
import { imageFile } from '../dicom/pixels/image-file.ts';
import { blank, drawText } from '../ocr/bitmap-text.ts';
import { isBuilt, type Outcome, parseFindings, phiGate, scratch } from './cli.ts';

const [WIDTH, HEIGHT] = [320, 48];

function lettering(words: string): Uint8Array {
  const image = blank(WIDTH, HEIGHT);
  drawText(image, words, 10, 14, 3);
  return image.data;
}

/** One bit a pixel, the lowest of a byte first. */
function packed(data: Uint8Array): Uint8Array {
  const bits = new Uint8Array(Math.ceil(data.length / 8));
  data.forEach((value, i) => {
    if (value > 127) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
  });
  return bits;
}

const word = (tag: string, value: number) => raw(tag, 'US', Uint8Array.of(value & 255, value >> 8));
const plain = described({ rows: 16, columns: 16 });
const patient = [text('00080060', 'CS', 'OT'), text('00100020', 'LO', '7750912')];

const withOverlay = (words: string, rows = HEIGHT) =>
  Buffer.concat([
    imageFile(plain, new Uint8Array(256), patient),
    word('60020010', rows),
    word('60020011', WIDTH),
    raw('60020040', 'CS', Buffer.from('G ')),
    word('60020100', 1),
    raw('60023000', 'OW', packed(lettering(words))),
  ]);

function iconFile(words: string): Buffer {
  const icon = sequence('00880200', [
    [
      word('00280002', 1),
      text('00280004', 'CS', 'MONOCHROME2'),
      word('00280010', HEIGHT),
      word('00280011', WIDTH),
      word('00280100', 8),
      word('00280101', 8),
      word('00280102', 7),
      word('00280103', 0),
      raw('7FE00010', 'OB', lettering(words)),
    ],
  ]);
  const whole = imageFile(plain, new Uint8Array(256), patient);
  const pixels = whole.length - 256 - 12;
  return Buffer.concat([whole.subarray(0, pixels), icon, whole.subarray(pixels)]);
}

describe.skipIf(!isBuilt)('a scan', { timeout: 300_000 }, () => {
  const folder = scratch('beside');
  let scan: Outcome;
  beforeAll(async () => {
    const input = folder.path('input');
    mkdirSync(input, { recursive: true });
    writeFileSync(join(input, 'overlay.dcm'), withOverlay('THEODORA 5550143'));
    writeFileSync(join(input, 'icon.dcm'), iconFile('THEODORA 5550143'));
    writeFileSync(join(input, 'empty.dcm'), withOverlay(''));
    scan = await phiGate(['scan', input, '--format', 'jsonl']);
  }, 300_000);
  afterAll(() => folder.remove());
  const lociOf = (name: string) =>
    parseFindings(scan.stdout)
      .filter(({ file, locus }) => file === name && locus.includes('frame'))
      .map(({ locus }) => locus.replace(/ [\d,]+$/, ''));

  it('reads overlay planes', () => {
    expect(lociOf('overlay.dcm')).toContain('overlay 6002 frame 1');
  });

  it('reads icons', () => {
    expect(lociOf('icon.dcm')).toContain('(0088,0200)[0] frame 1');
  });

  it('finds nothing in a plane without text, and has seen everything', () => {
    expect(lociOf('empty.dcm')).toEqual([]);
    expect(scan.stderr).not.toContain('not looked at');
    expect(scan.code).toBe(1);
  });
});

describe.skipIf(!isBuilt)('a run whose rules keep overlays', { timeout: 300_000 }, () => {
  const folder = scratch('kept-overlays');
  afterAll(() => folder.remove());

  it('holds a file with more overlay data than its planes have', async () => {
    const input = folder.path('input');
    mkdirSync(input, { recursive: true });
    writeFileSync(join(input, 'longer.dcm'), withOverlay('THEODORA 5550143', 8));
    const kept = ['0010', '0011', '0040', '0102', '3000'].map(
      (element) => `    - { at: '(60xx,${element})', action: { do: keep } }`,
    );
    const project = folder.path('project.yaml');
    writeFileSync(project, ['version: 1', 'rules:', '  dicom:', ...kept].join('\n'));
    const options = ['--out', folder.path('out'), '--work', folder.path('work'), '--project', project];
    const run = await phiGate(['run', input, ...options, '--json']);
    expect(JSON.parse(run.stdout).sources).toMatchObject({ released: 0, held: 1 });
    expect(JSON.stringify(JSON.parse(run.stdout))).toContain('belong to no frame');
  });
});
