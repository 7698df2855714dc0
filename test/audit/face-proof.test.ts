import { describe, expect, it } from 'vitest';
import { faceLeft } from '../../src/audit/face-proof.ts';
import type { CoarseVolume } from '../../src/dicom/volume/coarse.ts';
import { type PhantomHead, phantomSeries, tissueAt } from '../dicom/volume/head-phantom.ts';
import { ORIENTATIONS, volumeOfPhantom } from '../dicom/volume/phantom-volume.ts';

type Point = readonly [x: number, y: number, z: number];

const HEAD: PhantomHead = { modality: 'CT', pixel: 2.2 };

/** What lies in front of a slanting plane below the brow: what a cut of a face leaves behind. The nasion is at (0, -84, 0). */
const inFront =
  (shift = 0, depth = 40) =>
  ([, y, z]: Point): boolean =>
    z - shift < 16 && y < -84 + Math.min(depth, 4 + 1.8 * Math.max(0, 16 - (z - shift)));

function cutHead(
  head: PhantomHead,
  isGone: (point: Point) => boolean,
): [before: CoarseVolume, after: CoarseVolume] {
  const series = phantomSeries(head);
  const before = volumeOfPhantom(series);
  const air = head.modality === 'CT' ? 24 : 0;
  const after = volumeOfPhantom(series, (value, slice, row, column) =>
    isGone(series.pointOf(slice, row, column)) ? air : value,
  );
  return [before, after];
}

const judged = (isGone: (point: Point) => boolean, head = HEAD): string | undefined => {
  const [before, after] = cutHead(head, isGone);
  return faceLeft(before, after, head.modality);
};

describe('the audit of a head whose face was blanked', () => {
  it.each(
    ORIENTATIONS.flatMap(([name, orientation]) =>
      (['CT', 'MR'] as const).map((modality) => ({ name, head: { ...HEAD, modality, orientation } })),
    ),
  )('finds the face in the original and none after the cut: $head.modality $name', ({ head }) => {
    expect(judged(() => false, head)).toContain('still sees');
    expect(judged(inFront(), head)).toBeUndefined();
  });

  it.each<[string, (point: Point) => boolean]>([
    ['is cut 24 mm too low: eyes are left', inFront(-24)],
    ['is cut 50 mm too high', inFront(50, 12)],
    ['is not deep enough: a smaller nose is left', inFront(0, 5)],
    ['lost its nose alone', ([x, y, z]) => y < -80 && Math.abs(x) < 20 && z < 2 && z > -52],
    ['kept its nose', (point) => inFront()(point) && Math.abs(point[0]) > 18],
    ['kept its left half', (point) => inFront()(point) && point[0] < 0],
    [
      'kept its right eye',
      (point) => inFront()(point) && !(point[0] < -20 && point[0] > -44 && point[2] > -18),
    ],
    ['kept its mouth', (point) => inFront()(point) && !(point[2] < -56 && point[2] > -80)],
    ['lost its forehead instead', ([, y, z]) => z > 10 && y < -60],
    ['lost its nape instead', ([, y]) => y > 60],
    [
      'lost every second slice of it',
      (point) => inFront()(point) && Math.floor((point[2] + 140) / 3) % 2 === 0,
    ],
    [
      'was smoothed: skin 3 mm thick is gone',
      ([x, y, z]) => z < 16 && tissueAt([x, y + 3, z]) !== 'air' && tissueAt([x, y - 3, z]) === 'air',
    ],
  ])('does not pass one that %s', (_, isGone) => {
    expect(judged(isGone)).toContain('still sees');
  });

  it('does not pass what it cannot judge: no nose before, no air, another place', () => {
    const withoutNose: PhantomHead = {
      ...HEAD,
      tissue: (point) => (point[1] < -79 && point[2] < 0 ? 'air' : tissueAt(point)),
    };
    expect(judged(inFront(), withoutNose)).toContain('no nose');
    const [before, after] = cutHead(HEAD, inFront());
    expect(faceLeft(before, after, 'CT')).toBeUndefined();
    const [x, y, z] = after.origin;
    expect(faceLeft(before, { ...after, origin: [x, y, z + 3] }, 'CT')).toContain('do not lie');
    const solid = { ...before, values: before.values.map((value) => value + 4000) };
    expect(faceLeft(solid, after, 'CT')).toContain('cannot tell');
  });
});
