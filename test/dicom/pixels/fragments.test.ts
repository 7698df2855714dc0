import { describe, expect, it } from 'vitest';
import { mapFragmentsToFrames } from '../../../src/dicom/pixels/fragments.ts';
import { encapsulatedData } from './described.ts';

const head = Uint8Array.of(0xff, 0xd8, 1, 2);
const rest = Uint8Array.of(5, 6, 7, 8);
const lengths = (frames: readonly (readonly unknown[])[]) => frames.map((frame) => frame.length);

describe('mapFragmentsToFrames', () => {
  it('gives a single frame all fragments', () => {
    expect(lengths(mapFragmentsToFrames(encapsulatedData([head, rest, rest]), 1))).toEqual([3]);
  });

  it('follows the offset table', () => {
    expect(lengths(mapFragmentsToFrames(encapsulatedData([rest, rest, rest], [0, 24]), 2))).toEqual([2, 1]);
  });

  it('does not believe an offset table that points beside the fragments', () => {
    expect(lengths(mapFragmentsToFrames(encapsulatedData([head, rest, head], [0, 13]), 2))).toEqual([2, 1]);
  });

  it('gives each frame its fragment where the counts agree', () => {
    expect(lengths(mapFragmentsToFrames(encapsulatedData([rest, rest]), 2))).toEqual([1, 1]);
  });

  it('begins a frame at each start-of-image marker', () => {
    expect(lengths(mapFragmentsToFrames(encapsulatedData([head, rest, head, rest, rest]), 2))).toEqual([
      2, 3,
    ]);
  });

  it.each([
    ['no fragments', [], 1],
    ['fewer fragments than frames', [head], 3],
    ['more images than frames', [head, head, head], 2],
    [
      'a second JPEG XL picture of one frame',
      [Uint8Array.of(0xff, 0x0a, 1, 2), rest, Uint8Array.of(0xff, 0x0a)],
      1,
    ],
  ])('refuses %s', (_, parts, frames) => {
    expect(() => mapFragmentsToFrames(encapsulatedData(parts), frames)).toThrow(
      expect.objectContaining({ code: 'malformed' }),
    );
  });
});
