import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readDicom } from '../../src/dicom/file.ts';
import { planesOf } from '../../src/dicom/volume/planes.ts';
import { parseProject } from '../../src/project/load.ts';
import { headVolumeOf, VolumeCheck } from '../../src/run/head-volumes.ts';
import { memorySource } from '../../src/splice.ts';
import { part10 } from '../dicom/data-set.ts';
import { AXIAL, type Protocol, SAGITTAL, sliceOf } from '../dicom/volume/head-series.ts';
import { CHEST, type Ellipse, HEAD, KNEE, PROFILE, stored, THIGHS } from '../dicom/volume/phantoms.ts';

const { limits } = parseProject('version: 1\n');
const folder = mkdtempSync(join(tmpdir(), 'phi-gate-volumes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SIZE = 160;

/** Slices of 3 mm over 150 mm, of which nothing says what they are of. */
const unstated = (fieldOfView: number, cut: readonly Ellipse[], slices = 50): Protocol => ({
  orientation: AXIAL,
  size: [SIZE, SIZE],
  pixel: fieldOfView / SIZE,
  thickness: 3,
  slices,
  pixels: () => stored(SIZE, fieldOfView / SIZE, cut),
});

/** What the check says of a series that lies in files. */
async function judged(protocol: Protocol): Promise<string | undefined> {
  const check = new VolumeCheck();
  let planes: ReturnType<typeof planesOf>;
  for (let slice = 0; slice < protocol.slices; slice++) {
    const path = join(folder, `${slice}.dcm`);
    const bytes = part10(sliceOf(protocol, slice));
    writeFileSync(path, bytes);
    planes = planesOf(readDicom(memorySource(bytes), limits));
    check.add(path, planes);
  }
  const finding = headVolumeOf(planes, await check.judge(limits));
  return finding && `${finding.category} ${finding.rule}`;
}

describe('a series of fine slices', () => {
  it('is a face where its files say that it is the head, whatever the pixels show', async () => {
    expect(await judged({ ...unstated(250, CHEST), bodyPart: 'HEAD' })).toBe('Q volume.head');
  });

  it('is one where nothing is said and the pixels show a head', async () => {
    expect(await judged(unstated(250, HEAD))).toBe('Q volume.unstated');
    expect(await judged({ ...unstated(240, PROFILE, 52), orientation: SAGITTAL })).toBe('Q volume.unstated');
  });

  it('is none where they show something else', async () => {
    expect(await judged(unstated(250, KNEE))).toBeUndefined();
    expect(await judged(unstated(250, CHEST))).toBeUndefined();
  });

  it('is one where a body has its head on it, and none where the legs alone are there', async () => {
    const body: Protocol = { ...unstated(256, [], 130), bodyPart: 'WHOLEBODY' };
    const upTo = (slice: number) => (slice < 60 ? THIGHS : HEAD);
    expect(await judged({ ...body, pixels: (slice) => stored(SIZE, 1.6, upTo(slice)) })).toBe(
      'Q volume.near',
    );
    const legs = (slice: number) => stored(SIZE, 1.6, slice < 5 ? HEAD : CHEST);
    expect(await judged({ ...body, pixels: legs })).toBeUndefined();
  });

  it('is one where nobody can read the slices and the picture is as wide as a head', async () => {
    const { pixels: _, ...withoutPixels } = unstated(250, HEAD);
    expect(await judged(withoutPixels)).toBe('Q volume.unstated');
  });

  it('is none of 5 mm', async () => {
    expect(await judged({ ...unstated(250, HEAD), bodyPart: 'HEAD', thickness: 5 })).toBeUndefined();
  });
});
