import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greyImage, rgbImage } from '../../src/dicom/pixels/image.ts';
import { findFaces } from '../../src/faces/find-faces.ts';
import { drawnFace } from '../../src/run/canary-face.ts';
import { CHEST, HEAD, KNEE, PROFILE, picture } from '../dicom/volume/phantoms.ts';
import { blank, drawText } from '../ocr/bitmap-text.ts';

describe('faces in a picture', () => {
  it.each([
    [320, 240, 60],
    [320, 240, 180],
    [640, 480, 300],
    [200, 300, 120],
    [1200, 900, 500],
  ])('of %i by %i pixels are found, %i high, with their place', (width, height, side) => {
    const [face, ...more] = findFaces(drawnFace(width, height, side));
    expect(more).toEqual([]);
    const [x, y, across, down] = face ?? [0, 0, 0, 0];
    expect(Math.abs(x + across / 2 - width / 2)).toBeLessThan(0.15 * side);
    expect(Math.abs(y + down / 2 - height / 2)).toBeLessThan(0.2 * side);
    expect(across).toBeGreaterThan(0.7 * side);
    expect(across).toBeLessThan(1.4 * side);
  });

  it('are found in colour', () => {
    const { width, height, data } = drawnFace(320, 240, 120);
    const rgb = Uint8Array.from(
      { length: data.length * 3 },
      (_, i) => (data[Math.floor(i / 3)] ?? 0) - (i % 3) * 9,
    );
    expect(findFaces(rgbImage(width, height, rgb))).toHaveLength(1);
  });

  it('are not slices of a body, text, or a plain wall', () => {
    for (const cut of [HEAD, PROFILE, CHEST, KNEE]) expect(findFaces(picture(256, 1, cut))).toEqual([]);
    const text = blank(320, 200);
    for (let line = 0; line < 6; line++) drawText(text, 'TOTAL DLP 1234.5 MGYCM', 10, 20 + 28 * line, 2);
    expect(findFaces(text)).toEqual([]);
    expect(findFaces(greyImage(300, 200, new Uint8Array(60_000).fill(90)))).toEqual([]);
  });

  it('are looked for in any picture, without an error, and lie within it', () => {
    const pictures = fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }))
      .chain(([width, height]) =>
        fc
          .uint8Array({ minLength: width * height, maxLength: width * height })
          .map((data) => greyImage(width, height, data)),
      );
    fc.assert(
      fc.property(pictures, (image) =>
        findFaces(image).every(
          ([x, y, w, h]) => x >= 0 && y >= 0 && x + w <= image.width + 1 && y + h <= image.height + 1,
        ),
      ),
      { numRuns: 40 },
    );
  });
});
