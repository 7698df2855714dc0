import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDicom } from '../../src/dicom/file.ts';
import { encodeFrame } from '../../src/dicom/pixels/encode.ts';
import { pixelsOfFile } from '../../src/dicom/pixels/of-file.ts';
import type { SampleArray } from '../../src/dicom/pixels/samples.ts';
import { openStored } from '../../src/dicom/pixels/stored.ts';
import { RLE_LOSSLESS } from '../../src/dicom/transfer-syntax.ts';
import { projectSchema } from '../../src/project/schema.ts';
import { memorySource } from '../../src/splice.ts';
import { part10 } from '../dicom/data-set.ts';
import { described } from '../dicom/pixels/described.ts';
import { fragmented } from '../dicom/pixels/image-file.ts';
import { type PhantomSeries, phantomSeries } from '../dicom/volume/head-phantom.ts';
import { enhancedOf, type Protocol, sliceOf } from '../dicom/volume/head-series.ts';
import {
  filesUnder,
  isBuilt,
  type ManifestLine,
  manifestOf,
  modeOf,
  phiGate,
  resultOf,
  scratch,
  startPhiGate,
} from './cli.ts';
import { elementsOf } from './structure.ts';

const { limits } = projectSchema.parse({ version: 1 });
// The sharp edges of a phantom look like letters here and there: that is another matter, and must change no pixel.
const PROJECT = 'version: 1\nfaces: blank-face\npixels: { redact: none }\nsuspects: release\n';

const turned = ([x, y, z]: readonly [number, number, number]) =>
  [0.64 * x - 0.77 * y, 0.77 * x + 0.64 * y, z] as const;

const CT = phantomSeries({ modality: 'CT' });
const SIGNED = phantomSeries({ modality: 'CT', orientation: [1, 0, 0, 0, 0, -1], offset: 0 });
const MR = phantomSeries({ modality: 'MR', orientation: [0, 1, 0, 0, 0, -1] });
const TURNED = phantomSeries({ modality: 'CT', warp: turned });

/** Frames of a file as they are stored. */
async function storedOf(path: string, frame = 0): Promise<SampleArray> {
  const pixels = pixelsOfFile(readDicom(memorySource(readFileSync(path)), limits));
  if (pixels === undefined) throw new Error('no pixels');
  const read = await openStored(pixels.description, pixels.data).read(frame);
  if (read.state === 'not-run') throw new Error(read.why);
  return read.values;
}

describe.skipIf(!isBuilt)('faces: blank-face', { timeout: 600_000 }, () => {
  const folder = scratch('blank-face');
  const paths = (name: string) => ({ out: folder.path(name, 'out'), work: folder.path(name, 'work') });
  let manifest: ManifestLine[] = [];
  afterAll(() => folder.remove());

  function write(name: string, files: readonly Buffer[]): void {
    mkdirSync(folder.path('in', name), { recursive: true });
    for (const [i, bytes] of files.entries()) writeFileSync(folder.path('in', name, `${i}.dcm`), bytes);
  }

  const native = (protocol: Protocol): Buffer[] =>
    Array.from({ length: protocol.slices }, (_, slice) => part10(sliceOf(protocol, slice)));

  async function rle({ protocol }: PhantomSeries, series: string): Promise<Buffer[]> {
    const { pixels: _, ...head } = protocol;
    const [rows, columns] = protocol.size;
    const description = described({
      rows,
      columns,
      transferSyntax: RLE_LOSSLESS,
      bitsAllocated: 16,
      bitsStored: 16,
    });
    const files: Buffer[] = [];
    for (let slice = 0; slice < protocol.slices; slice++) {
      const values = protocol.pixels?.(slice) ?? new Uint16Array(rows * columns);
      const stream = await encodeFrame(values, description);
      const even = stream.length % 2 === 0 ? stream : Buffer.concat([stream, Buffer.alloc(1)]);
      files.push(part10([...sliceOf({ ...head, series }, slice), fragmented([even])], RLE_LOSSLESS));
    }
    return files;
  }

  const command = (name: string, input = folder.path('in')) => {
    const { out, work } = paths(name);
    return ['run', input, '--out', out, '--work', work, '--project', folder.path('project.yaml')];
  };

  beforeAll(async () => {
    writeFileSync(folder.path('project.yaml'), PROJECT);
    const lossless = native(CT.protocol);
    write('ct', lossless);
    write('signed', native({ ...SIGNED.protocol, signed: true, series: '1.2.3.80' }));
    write('mr', await rle(MR, '1.2.3.81'));
    write('enhanced', [
      part10(enhancedOf({ ...CT.protocol, sopClass: '1.2.840.10008.5.1.4.1.1.2.1', series: '1.2.3.82' })),
    ]);
    write('gap', native({ ...CT.protocol, series: '1.2.3.83' }).toSpliced(40, 1));
    write('turned', native({ ...TURNED.protocol, series: '1.2.3.84' }));
    write('photo', [
      part10(
        sliceOf(
          { ...CT.protocol, modality: 'XC', sopClass: '1.2.840.10008.5.1.4.1.1.77.1.4', series: '1.2.3.85' },
          50,
        ),
      ),
    ]);
    const broken = native({ ...CT.protocol, series: '1.2.3.86' });
    const [whole = Buffer.alloc(0)] = broken;
    write('broken', broken.with(50, whole.subarray(0, whole.length >> 1)));
    await phiGate(command('first'));
    manifest = await manifestOf(paths('first').work);
  }, 600_000);

  const ended = (part: string) =>
    [
      ...new Set(
        manifest
          .filter(({ source }) => source.startsWith(`${part}/`))
          .map(({ status, reason }) => `${status} ${reason}`),
      ),
    ]
      .sort()
      .join();
  const outputOf = (source: string, name = 'first', lines = manifest) =>
    join(paths(name).out, 'data', lines.find((line) => line.source === source)?.output ?? 'none');

  it('releases heads without a face, and holds what it cannot blank', () => {
    for (const part of ['ct', 'signed', 'mr', 'enhanced'])
      expect([part, ended(part)]).toEqual([part, 'released clean']);
    for (const part of ['gap', 'turned', 'photo'])
      expect([part, ended(part)]).toEqual([part, 'held suspects']);
    expect(ended('broken')).toContain('held suspects');
    expect(ended('broken')).not.toContain('released');
  });

  it.each<[string, PhantomSeries, boolean]>([
    ['ct', CT, false],
    ['signed', SIGNED, false],
    ['mr', MR, false],
    ['enhanced', CT, true],
  ])('changes no voxel of the brain, nor any but in front: %s', async (part, series, isMultiFrame) => {
    const { protocol, pointOf, tissueOf } = series;
    const [rows, columns] = protocol.size;
    const counts = { brain: 0, changedBehind: 0, nose: 0, noseLeft: 0 };
    for (let slice = 0; slice < protocol.slices; slice++) {
      const source = isMultiFrame ? `${part}/0.dcm` : `${part}/${slice}.dcm`;
      const after = await storedOf(outputOf(source), isMultiFrame ? slice : 0);
      const stored = protocol.pixels?.(slice) ?? new Uint16Array(0);
      const before = part === 'signed' ? new Int16Array(stored.buffer) : stored;
      expect(after.length).toBe(rows * columns);
      for (let i = 0; i < after.length; i++) {
        const [row, column] = [Math.floor(i / columns), i % columns];
        const [, y, z] = pointOf(slice, row, column);
        const isNose = y < -88 && z < -4 && z > -46;
        if (isNose && tissueOf(slice, row, column) !== 'air') {
          counts.nose += 1;
          if (after[i] === before[i]) counts.noseLeft += 1;
        }
        if (after[i] === before[i]) continue;
        if (tissueOf(slice, row, column) === 'brain') counts.brain += 1;
        if (z > 24 || y > -10) counts.changedBehind += 1;
      }
    }
    expect(counts).toEqual({ brain: 0, changedBehind: 0, nose: expect.any(Number), noseLeft: 0 });
    expect(counts.nose).toBeGreaterThan(200);
  });

  it('says so in the files that it released, and in none that it held', () => {
    const stated = elementsOf(outputOf('ct/30.dcm')).join('\n');
    expect(stated).toMatch(/x00280302.*NO/);
    expect(stated).toContain('113102');
    expect(stated).toContain('face blanked');
    const { out } = paths('first');
    const released = manifest.filter(({ status }) => status === 'released').length;
    expect(filesUnder(join(out, 'data'))).toHaveLength(released);
  });

  it('says in the report how many were blanked, and why others were not', () => {
    const result = resultOf(paths('first').out);
    const action = result.actions.find((one) => one.action === 'blank face');
    expect(action?.count).toBeGreaterThan(100);
    const reasons = result.reasons.map(({ explain }) => explain).join('\n');
    expect(reasons).toContain('the face was not blanked');
    expect(result.checks.find(({ id }) => id === 'faces')?.state).toBe('needs-review');
    expect(result.project.decisions.find(({ label }) => label === 'Faces')?.setting).toContain('Blanked');
  });

  it('leaves a picture of each series for the reviewer in the work folder alone', () => {
    const { out, work } = paths('first');
    const pictures = filesUnder(join(work, 'faces'));
    const ids = new Map(manifest.map(({ sourceId, source }) => [sourceId, source.split('/')[0]]));
    expect(pictures.map((name) => ids.get(name.replace('.png', ''))).sort()).toEqual([
      'ct',
      'enhanced',
      'mr',
      'signed',
    ]);
    for (const name of pictures) expect(modeOf(join(work, 'faces', name))).toBe('600');
    expect(modeOf(join(work, 'faces'))).toBe('700');
    expect(filesUnder(out).filter((name) => name.endsWith('.png'))).toEqual([]);
  });

  it('goes on where it was: nothing is blanked twice, and a lost file brings back its series', async () => {
    const before = await storedOf(outputOf('ct/30.dcm'));
    expect((await phiGate(command('first'))).stdout).toContain('released');
    rmSync(outputOf('ct/30.dcm'));
    await phiGate(command('first'));
    const lines = await manifestOf(paths('first').work);
    expect(lines.map(({ source, status }) => `${source} ${status}`)).toEqual(
      manifest.map(({ source, status }) => `${source} ${status}`),
    );
    expect(await storedOf(outputOf('ct/30.dcm', 'first', lines))).toEqual(before);
    expect(
      resultOf(paths('first').out).actions.find((one) => one.action === 'blank face')?.count,
    ).toBeGreaterThan(100);
  });

  it.each<[string, (name: string) => boolean]>([
    ['while it blanks', (name) => filesUnder(paths(name).work).some((file) => file.endsWith('.png'))],
    ['while it masks', (name) => filesUnder(join(paths(name).out, '.staging')).length > 30],
    ['while it releases', (name) => filesUnder(join(paths(name).out, 'data')).length > 20],
  ])('killed %s, the next run releases the same pictures', async (moment, isRipe) => {
    const name = moment.replaceAll(' ', '-');
    mkdirSync(folder.path(name), { recursive: true });
    const input = folder.path('in', 'ct');
    const child = startPhiGate(command(name, input), { stdio: 'ignore' });
    const over = new Promise<void>((resolve) => child.on('close', () => resolve()));
    while (child.exitCode === null && !isRipe(name)) await pause(5);
    child.kill('SIGKILL');
    await over;
    expect((await phiGate(command(name, input))).stderr).not.toContain('Error');
    const lines = await manifestOf(paths(name).work);
    expect(lines.every(({ status }) => status === 'released')).toBe(true);
    expect(resultOf(paths(name).out).checks.find(({ id }) => id === 'faces')).toMatchObject({
      state: 'pass',
      detail: expect.stringMatching(/the face was blanked in \d+ files/),
    });
    for (const slice of [10, 30, 45, 60])
      expect(await storedOf(outputOf(`${slice}.dcm`, name, lines))).toEqual(
        await storedOf(outputOf(`ct/${slice}.dcm`, 'first', await manifestOf(paths('first').work))),
      );
  });
});
