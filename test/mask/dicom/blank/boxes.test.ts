import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlacedPlane, pointOf } from '../../../../src/dicom/volume/coarse.ts';
import { boxesInFront } from '../../../../src/mask/dicom/blank/boxes.ts';
import { depthAt, type FaceCut, faceCut } from '../../../../src/mask/dicom/blank/cut.ts';

const CUT: FaceCut = faceCut({ nose: { y: -24, z: -42 }, nasion: { y: 0, z: 0 }, scale: 0.4 });
const [ROWS, COLUMNS] = [24, 20];

/** Directions of rows and columns at right angles, however they lie. */
const orientation = fc
  .tuple(fc.double({ min: 0, max: 6.3, noNaN: true }), fc.double({ min: 0, max: 6.3, noNaN: true }))
  .map(([a, b]) => {
    const [ca, sa, cb, sb] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
    return [ca, sa, 0, -sa * cb, ca * cb, sb] as const;
  });
const millimetre = fc.double({ min: -60, max: 40, noNaN: true });

describe('boxesInFront', () => {
  it('covers the pixels in front of a cut and no others, however the plane lies', () => {
    fc.assert(
      fc.property(orientation, fc.tuple(millimetre, millimetre, millimetre), (axes, position) => {
        const plane: PlacedPlane = {
          frame: 3,
          at: 0,
          orientation: axes,
          spacing: [2, 3],
          thickness: 3,
          position,
          rescale: [1, 0],
        };
        const covered = new Uint8Array(ROWS * COLUMNS);
        for (const { first, last, box } of boxesInFront(CUT, plane, ROWS, COLUMNS)) {
          expect([first, last]).toEqual([4, 4]);
          const [x, y, width, height] = box;
          for (let row = y; row < y + height; row++)
            for (let column = x; column < x + width; column++)
              covered[row * COLUMNS + column] = (covered[row * COLUMNS + column] ?? 0) + 1;
        }
        return covered.every((times, i) => {
          const [, y, z] = pointOf(plane, Math.floor(i / COLUMNS), i % COLUMNS);
          // On the edge itself rounding may go either way.
          if (Math.abs(y - depthAt(CUT, z)) < 1e-6) return true;
          return times === (y < depthAt(CUT, z) ? 1 : 0);
        });
      }),
    );
  });

  it('is one box for an axial slice, and none above the brow', () => {
    const axial = (z: number): PlacedPlane => ({
      frame: 0,
      at: z,
      orientation: [1, 0, 0, 0, 1, 0],
      spacing: [1, 1],
      thickness: 1,
      position: [-10, -30, z],
      rescale: [1, 0],
    });
    expect(boxesInFront(CUT, axial(-10), 200, 20)).toEqual([{ first: 1, last: 1, box: [0, 0, 20, 51] }]);
    expect(boxesInFront(CUT, axial(30), 200, 20)).toEqual([]);
  });
});
