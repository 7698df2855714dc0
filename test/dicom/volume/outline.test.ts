import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greyImage } from '../../../src/dicom/pixels/image.ts';
import { showsHeadOutline } from '../../../src/dicom/volume/outline.ts';
import type { Orientation } from '../../../src/dicom/volume/planes.ts';
import { CHEST, type Ellipse, HEAD, KNEE, PROFILE, picture } from './phantoms.ts';

const AXIAL: Orientation = [1, 0, 0, 0, 1, 0];
const SAGITTAL: Orientation = [0, 1, 0, 0, 0, -1];
const CORONAL: Orientation = [1, 0, 0, 0, 0, -1];

const shows = (ellipses: readonly Ellipse[], orientation = AXIAL, fieldOfView = 256, size = 256) => {
  const pixel = fieldOfView / size;
  return showsHeadOutline(picture(size, pixel, ellipses), { orientation, spacing: [pixel, pixel] });
};
const turned = (ellipses: readonly Ellipse[]) =>
  ellipses.map(({ x, y, width, height, level }) => ({ x: y, y: x, width: height, height: width, level }));
const scaled = (ellipses: readonly Ellipse[], by: number) =>
  ellipses.map(({ x, y, width, height, level }) => ({
    x: x * by,
    y: y * by,
    width: width * by,
    height: height * by,
    level,
  }));

describe('the outline of a head', () => {
  it('is seen across, from the side and from the front', () => {
    expect(shows(HEAD)).toBe(true);
    expect(shows(PROFILE, SAGITTAL)).toBe(true);
    expect(shows(scaled(PROFILE, 0.8), CORONAL)).toBe(true);
  });

  it('is seen in a wide field of view and in few pixels, and on a head rest', () => {
    expect(shows(HEAD, AXIAL, 500, 512)).toBe(true);
    expect(shows(HEAD, AXIAL, 256, 64)).toBe(true);
    expect(shows([...HEAD, { x: 0, y: 104, width: 90, height: 20, level: 0.3 }])).toBe(true);
  });

  it('is seen of a child', () => {
    expect(shows(scaled(HEAD, 0.75))).toBe(true);
  });

  it('is not that of a chest, of a knee, nor of air', () => {
    expect(shows(CHEST, AXIAL, 420, 512)).toBe(false);
    expect(shows(KNEE, AXIAL, 180)).toBe(false);
    expect(shows([])).toBe(false);
  });

  it('is not that of something that the picture cuts off at a side', () => {
    expect(shows(scaled(CHEST, 1), AXIAL, 200)).toBe(false);
    expect(
      shows(
        HEAD.map((one) => ({ ...one, x: 60 })),
        AXIAL,
        200,
      ),
    ).toBe(false);
  });

  it('is not that of a head that lies on its side: an ear is not a nose', () => {
    expect(shows(turned(HEAD))).toBe(false);
  });

  it('asks for air above, not below', () => {
    const upsideDown: Orientation = [0, 1, 0, 0, 0, 1];
    expect(shows(PROFILE, upsideDown)).toBe(false);
  });

  it('is judged of any picture, without an error', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 40 })
          .chain((width) =>
            fc
              .integer({ min: 1, max: 40 })
              .chain((height) =>
                fc
                  .uint8Array({ minLength: width * height, maxLength: width * height })
                  .map((data) => greyImage(width, height, data)),
              ),
          ),
        (image) => typeof showsHeadOutline(image, { orientation: AXIAL, spacing: [6, 6] }) === 'boolean',
      ),
    );
  });
});
