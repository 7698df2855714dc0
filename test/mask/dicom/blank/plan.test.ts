import { describe, expect, it } from 'vitest';
import { depthAt, type FaceCut } from '../../../../src/mask/dicom/blank/cut.ts';
import { planFaceCut } from '../../../../src/mask/dicom/blank/plan.ts';
import {
  isBrain,
  type PhantomHead,
  type PhantomSeries,
  phantomSeries,
  tissueAt,
} from '../../../dicom/volume/head-phantom.ts';
import { ORIENTATIONS, volumeOfPhantom } from '../../../dicom/volume/phantom-volume.ts';

type Point = readonly [number, number, number];

const CT: PhantomHead = { modality: 'CT', pixel: 2.2 };

function cutOf(head: PhantomHead): FaceCut {
  const cut = planFaceCut(volumeOfPhantom(phantomSeries(head)), head.modality);
  if ('why' in cut) throw new Error(cut.why);
  return cut;
}

const refusalOf = (series: PhantomSeries, change?: Parameters<typeof volumeOfPhantom>[1]): string => {
  const cut = planFaceCut(volumeOfPhantom(series, change), series.protocol.modality ?? '');
  return 'why' in cut ? cut.why : 'cut';
};

/** Places of the phantom, 3 mm apart, with what they are once `warp` is undone. */
function* places(warp: (point: Point) => Point = (point) => point): Generator<readonly [Point, Point]> {
  for (let x = -90; x <= 90; x += 3)
    for (let y = -112; y <= 100; y += 3)
      for (let z = -110; z <= 130; z += 3) yield [[x, y, z], warp([x, y, z])];
}

const isCut = (cut: FaceCut, [, y, z]: Point): boolean => y < depthAt(cut, z);

/** About the x axis through the middle of the head: the chin goes up. */
const nodded =
  (degrees: number) =>
  ([x, y, z]: Point): Point => {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return [x, cos * y - sin * (z - 20), 20 + sin * y + cos * (z - 20)];
  };
const turned =
  (degrees: number) =>
  ([x, y, z]: Point): Point => {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return [cos * x - sin * y, sin * x + cos * y, z];
  };
const scaled =
  (by: number) =>
  ([x, y, z]: Point): Point => [x / by, y / by, z / by];

describe('the cut of a face', () => {
  const cases = ORIENTATIONS.flatMap(([name, orientation]) =>
    (['CT', 'MR'] as const).map((modality) => ({ name, head: { ...CT, modality, orientation } })),
  );

  it.each(cases)('takes eyes, nose, mouth and chin, and no brain: $head.modality $name', ({ head }) => {
    const cut = cutOf(head);
    for (const [point] of places()) if (isBrain(point)) expect(isCut(cut, point)).toBe(false);
    for (const point of [
      [0, -100, -40], // nose
      [33, -80, -5], // eyes
      [-33, -80, -5],
      [33, -76, 4],
      [0, -88, -68], // mouth
      [0, -80, -104], // chin
      [40, -68, -40], // cheeks
      [-40, -68, -40],
    ] as const)
      expect(isCut(cut, point)).toBe(true);
    // Forehead, ears and the nape stay.
    for (const point of [
      [0, -93, 40],
      [80, 5, -10],
      [0, 80, -10],
    ] as const)
      expect(isCut(cut, point)).toBe(false);
  });

  it.each<[string, (point: Point) => Point]>([
    ['of a child', scaled(0.8)],
    ['with the chin up', nodded(10)],
    ['with the chin down', nodded(-8)],
    ['turned a little', turned(7)],
  ])('takes no brain from a head %s, and all of the nose', (_, warp) => {
    const cut = cutOf({ ...CT, warp });
    for (const [point, inHead] of places(warp)) {
      if (isBrain(inHead)) expect(isCut(cut, point)).toBe(false);
      if (inHead[1] < -86 && inHead[2] < -2 && inHead[2] > -50 && tissueAt(inHead) === 'skin')
        expect(isCut(cut, point)).toBe(true);
    }
  });

  it('ends below the chin: a chest stays as it is', () => {
    const cut = cutOf(CT);
    expect(depthAt(cut, -160)).toBe(-Infinity);
    expect(depthAt(cut, 40)).toBe(-Infinity);
  });

  it.each<[string, PhantomHead, string]>([
    [
      'a head without a nose',
      { ...CT, tissue: (point) => (point[1] < -79 && point[2] < 0 ? 'air' : tissueAt(point)) },
      'no nose',
    ],
    ['a head that is turned to its side', { ...CT, warp: turned(50) }, 'no'],
    ['a head that looks back', { ...CT, warp: turned(180) }, 'no'],
    ['a head with its chin on the chest', { ...CT, warp: nodded(-40) }, 'no'],
    ['a head that is thrown back', { ...CT, warp: nodded(45) }, 'no'],
    ['a bottle', { ...CT, tissue: ([x, y]) => (x * x + y * y < 4900 ? 'skin' : 'air') }, 'no nose'],
    ['air', { ...CT, tissue: () => 'air' }, 'no'],
  ])('is refused for %s', (_, head, why) => {
    expect(refusalOf(phantomSeries(head))).toContain(why);
  });

  it('is refused where the picture ends at the nose, in the middle of it, or below the forehead', () => {
    const series = phantomSeries(CT);
    const cropped = (isOut: (point: Point) => boolean) =>
      phantomSeries({ ...CT, tissue: (point) => (isOut(point) ? 'air' : tissueAt(point)) });
    expect(refusalOf(series)).toBe('cut');
    expect(refusalOf(cropped(([, , z]) => z < -30))).not.toBe('cut');
    expect(refusalOf(cropped(([, , z]) => z > 20))).not.toBe('cut');
    const near = phantomSeries({ ...CT, warp: ([x, y, z]) => [x, y - 14, z] as const });
    expect(refusalOf(near)).toBe('cut');
    const atEdge = phantomSeries({ ...CT, warp: ([x, y, z]) => [x, y + 22, z] as const });
    expect(refusalOf(atEdge)).not.toBe('cut');
  });

  it('is refused where values are no Hounsfield units', () => {
    expect(refusalOf(phantomSeries(CT), (value) => value + 4000)).toContain('cannot be told apart');
  });
});
