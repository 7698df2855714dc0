import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseProject } from '../../src/project/load.ts';
import type { Item } from '../../src/run/item.ts';
import { wholeSeries } from '../../src/run/whole-series.ts';
import { part10 } from '../dicom/data-set.ts';
import { AXIAL, CORONAL, enhancedOf, type Protocol, SAGITTAL, sliceOf } from '../dicom/volume/head-series.ts';

const { limits } = parseProject('version: 1\n');
const folder = mkdtempSync(join(tmpdir(), 'phi-gate-whole-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEAD: Protocol = {
  bodyPart: 'HEAD',
  orientation: AXIAL,
  size: [160, 160],
  pixel: 1.5,
  thickness: 3,
  slices: 50,
};
const slicesOf = (protocol: Protocol) =>
  Array.from({ length: protocol.slices }, (_, slice) => sliceOf(protocol, slice));

let written = 0;

function whole(files: readonly Uint8Array[][]) {
  const items = files.map((elements): Item => {
    const id = String(written++);
    const path = join(folder, id);
    writeFileSync(path, part10(elements));
    return {
      id,
      format: 'dicom',
      found: { kind: 'file', path: Buffer.from(path), relative: Buffer.from(id), size: 1, mtimeNs: 0n },
    };
  });
  return wholeSeries(items, ({ found }) => found.path, limits);
}

const why = (files: readonly Uint8Array[][]): string => {
  const series = whole(files);
  return 'why' in series ? series.why : 'whole';
};
const tagOf = (element: Uint8Array) =>
  `${Buffer.from(element).readUInt16LE(0)},${Buffer.from(element).readUInt16LE(2)}`;
const without = (files: readonly Uint8Array[][], ...tags: string[]) =>
  files.map((elements) => elements.filter((element) => !tags.includes(tagOf(element))));
const POSITION = `${0x20},${0x32}`;
const ORIENTATION = `${0x20},${0x37}`;

describe('wholeSeries', () => {
  it('takes a series whichever way it lies, each file with its planes', () => {
    for (const orientation of [AXIAL, SAGITTAL, CORONAL]) {
      const series = whole(slicesOf({ ...HEAD, orientation }));
      if ('why' in series) throw new Error(series.why);
      expect([series.kind, series.rows, series.columns, series.files.size]).toEqual(['CT', 160, 160, 50]);
      expect([...series.files.values()].every((planes) => planes.length === 1)).toBe(true);
    }
  });

  it('takes an enhanced object, all planes of one file, with its rescaling', () => {
    const series = whole([enhancedOf({ ...HEAD, rescale: [1, -1024] })]);
    if ('why' in series) throw new Error(series.why);
    const [planes = []] = series.files.values();
    expect(planes.length).toBe(50);
    expect(planes[7]).toMatchObject({ frame: 7, rescale: [1, -1024], position: [0, 0, 21] });
  });

  it.each<[string, Uint8Array[][], string]>([
    ['lacks a slice', slicesOf(HEAD).toSpliced(20, 1), 'not one volume'],
    ['lacks a thin slice', slicesOf({ ...HEAD, thickness: 1, slices: 150 }).toSpliced(70, 1), 'are missing'],
    ['has a slice twice', [...slicesOf(HEAD), sliceOf(HEAD, 7)], 'not one volume'],
    ['has two echoes', [...slicesOf(HEAD), ...slicesOf(HEAD)], 'not one volume'],
    [
      'has a slice of another size',
      [...slicesOf(HEAD).slice(1), sliceOf({ ...HEAD, size: [128, 128] }, 0)],
      'not one volume',
    ],
    [
      'has slices that lie another way',
      [...slicesOf(HEAD), sliceOf({ ...HEAD, orientation: SAGITTAL }, 0)],
      'not one volume',
    ],
    [
      'has a thick slice besides',
      [...slicesOf(HEAD), sliceOf({ ...HEAD, thickness: 5 }, 60)],
      'not one volume',
    ],
    ['is PET', slicesOf({ ...HEAD, modality: 'PT' }), 'CT and MR alone'],
    ['is a body', slicesOf({ ...HEAD, slices: 180 }), 'more than a head'],
    ['does not state its places', without(slicesOf(HEAD), POSITION), 'do not state'],
    ['does not state its orientation', without(slicesOf(HEAD), ORIENTATION), 'do not state'],
    [
      'has a picture of something else',
      [...slicesOf(HEAD), sliceOf({ ...HEAD, modality: 'US' }, 0)],
      'no slice of it',
    ],
  ])('does not take one that %s', (_, files, reason) => {
    expect(why(files)).toContain(reason);
  });
});
