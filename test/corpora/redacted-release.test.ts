import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFrames } from '../../src/dicom/pixels/frames.ts';
import type { rgbImage } from '../../src/dicom/pixels/image.ts';
import { isSafeTerm } from '../../src/ocr/safe-terms.ts';
import { describeFile } from '../dicom/pixels/describe-file.ts';
import { has, IN_CI, isBuilt, type ManifestLine, manifestOf, phiGate, scratch } from '../e2e/cli.ts';

const corpus = resolve('../shared/corpora/pixel');
const isThere = existsSync(corpus);
if (!isThere) console.warn('SKIPPED: ../shared/corpora is absent; no release of real pictures was made');
const [hasTesseract, hasVerifier] = [has('tesseract'), has('dciodvfy')];
if (IN_CI && !(hasTesseract && hasVerifier)) throw new Error('CI needs tesseract-ocr and dicom3tools');
if (!hasTesseract) console.warn('SKIPPED: tesseract is not installed; nobody else read the released frames');
if (!hasVerifier) console.warn('SKIPPED: dciodvfy is not installed; released files were not verified');

interface Truth {
  readonly file: string;
  /** What identifies somebody in the first frame. */
  readonly phi: string | null;
}

describe.skipIf(!isThere || !isBuilt)('a release of real pictures', { timeout: 300_000 }, () => {
  const folder = scratch('pictures');
  let lines: ManifestLine[] = [];
  let out = '';
  beforeAll(async () => {
    out = folder.path('out');
    await phiGate(['run', corpus, '--out', out, '--work', folder.path('work')]);
    lines = (await manifestOf(folder.path('work'))).filter(({ source }) => source.endsWith('.dcm'));
  }, 300_000);
  afterAll(() => folder.remove());
  const released = () => lines.filter(({ status }) => status === 'released');

  it('has most of them, and holds the rest for what the pictures show', () => {
    expect(released().length).toBeGreaterThanOrEqual(0.8 * lines.length);
    expect(lines.filter(({ status }) => status === 'quarantined')).toEqual([]);
  });

  it.skipIf(!hasTesseract)('shows another reader no word that identifies somebody', async () => {
    const truth = JSON.parse(readFileSync(join(corpus, 'truth.json'), 'utf8')) as Truth[];
    const seen: string[] = [];
    for (const { source, output } of released()) {
      const words = truth.find(({ file }) => file === source)?.phi?.split(/[\s*]+/) ?? [];
      const text = await wordsOf(join(out, 'data', output ?? ''), folder.path('frame.ppm'));
      for (const word of words) if (tells(word) && text.includes(word.toUpperCase())) seen.push(source);
    }
    expect(seen).toEqual([]);
  });

  it.skipIf(!hasVerifier)('has no error of its objects that the originals did not have', () => {
    const worse = released().flatMap(({ source, output }) => {
      const before = errorsOf(join(corpus, source));
      return [...errorsOf(join(out, 'data', output ?? ''))]
        .filter((error) => !before.has(error))
        .map((error) => `${source}: ${error}`);
    });
    expect(worse).toEqual([]);
  });
});

/** `TEST` is what a scanner's engineer is called. */
const tells = (word: string): boolean => word.length >= 4 && !isSafeTerm(word);

function errorsOf(path: string): Set<string> {
  const { stderr, stdout } = spawnSync('dciodvfy', [path], { encoding: 'latin1', maxBuffer: 1 << 26 });
  return new Set(`${stdout}\n${stderr}`.split('\n').filter((line) => line.startsWith('Error')));
}

/** Words that tesseract reads in the first frame, light on dark and dark on light, enlarged. */
async function wordsOf(path: string, target: string): Promise<string> {
  const file = describeFile(path);
  const frame = file && (await openFrames(file.description, file.data).read(0));
  if (frame?.state !== 'decoded') throw new Error(`${path} is not decoded`);
  const { image } = frame;
  const texts = [false, true].map((inverted) => {
    const grey = image.kind === 'grey' ? image.data : brightest(image);
    const data = enlarged(inverted ? grey.map((value) => 255 - value) : grey, image.width, image.height);
    writeFileSync(
      target,
      Buffer.concat([Buffer.from(`P5\n${2 * image.width} ${2 * image.height}\n255\n`), data]),
    );
    return spawnSync('tesseract', [target, '-', '--psm', '11'], { encoding: 'utf8' }).stdout;
  });
  return texts.join('\n').toUpperCase();
}

const brightest = ({ data }: ReturnType<typeof rgbImage>): Uint8Array =>
  Uint8Array.from({ length: data.length / 3 }, (_, i) =>
    Math.max(data[3 * i] ?? 0, data[3 * i + 1] ?? 0, data[3 * i + 2] ?? 0),
  );

function enlarged(grey: Uint8Array, width: number, height: number): Uint8Array {
  const out = new Uint8Array(grey.length * 4);
  for (let y = 0; y < 2 * height; y++) {
    for (let x = 0; x < 2 * width; x++) out[y * 2 * width + x] = grey[(y >> 1) * width + (x >> 1)] ?? 0;
  }
  return out;
}
