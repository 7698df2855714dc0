import { describe, expect, it } from 'vitest';
import { largestBody, skinLevel } from '../../../src/dicom/volume/body.ts';
import { CELL, CoarseBuilder, type CoarseVolume, centreOf } from '../../../src/dicom/volume/coarse.ts';
import { frontSurface, surfaceAt } from '../../../src/dicom/volume/front-surface.ts';
import { phantomSeries } from './head-phantom.ts';
import { ORIENTATIONS, planesOfPhantom, volumeOfPhantom } from './phantom-volume.ts';

const CASES = ORIENTATIONS.flatMap(([name, orientation]) =>
  (['CT', 'MR'] as const).map((modality) => ({ name, orientation, modality })),
);

/** The front of the head at a place of the patient, in millimetres. */
function frontAt(volume: CoarseVolume, kind: string, x: number, z: number): number | undefined {
  const level = skinLevel(volume, kind) ?? Number.NaN;
  const surface = frontSurface(volume, largestBody(volume, level), level);
  const cell = (axis: 0 | 2, at: number) => Math.floor((at - volume.origin[axis]) / CELL);
  return surfaceAt(surface, cell(0, x), cell(2, z));
}

describe('a series in cells of 4 mm', () => {
  it.each(CASES)('shows the same front of a head: $modality $name', ({ modality, orientation }) => {
    const volume = volumeOfPhantom(phantomSeries({ modality, orientation, pixel: 2.2 }));
    const front = (x: number, z: number) => frontAt(volume, modality, x, z) ?? Number.NaN;
    // Nose (its tip is finer than a cell), forehead, cheek, chin: as they are in the phantom.
    expect(Math.abs(front(0, -40) - -105)).toBeLessThan(9);
    expect(Math.abs(front(0, 40) - -95)).toBeLessThan(3);
    expect(Math.abs(front(40, -40) - -70)).toBeLessThan(4);
    expect(Math.abs(front(0, -104) - -84)).toBeLessThan(4);
    expect(frontAt(volume, modality, 90, 100)).toBeUndefined();
  });

  it('holds no more than its cells, and knows where they lie', () => {
    const { size, origin, values } = volumeOfPhantom(phantomSeries({ modality: 'CT' }));
    expect(values.length).toBe(size[0] * size[1] * size[2]);
    expect(values.length).toBeLessThan(300_000);
    expect(centreOf({ size, origin, values }, 2, 0)).toBeCloseTo(origin[2] + CELL / 2);
  });

  it('refuses places that lie in no one patient', () => {
    const [plane] = planesOfPhantom(phantomSeries({ modality: 'CT' }));
    if (plane === undefined) throw new Error('no plane');
    const astray = { ...plane, position: [1e9, 0, 0] as const };
    expect(() => new CoarseBuilder([plane, astray], 10, 10)).toThrow('too far apart');
  });

  it('tells no skin where a CT has no air, or all is one value', () => {
    const series = phantomSeries({ modality: 'CT' });
    expect(
      skinLevel(
        volumeOfPhantom(series, (value) => value + 4000),
        'CT',
      ),
    ).toBeUndefined();
    expect(
      skinLevel(
        volumeOfPhantom(series, () => 7),
        'MR',
      ),
    ).toBeUndefined();
  });

  it('leaves out what does not touch the head', () => {
    const series = phantomSeries({ modality: 'CT' });
    const withRod = volumeOfPhantom(series, (value, slice, row, column) => {
      const [x, y] = series.pointOf(slice, row, column);
      return Math.abs(x) < 6 && y < -112 ? 1100 : value;
    });
    expect(frontAt(withRod, 'CT', 0, 40)).toBeGreaterThan(-100);
  });
});
