import { describe, expect, it } from 'vitest';
import { expandSegments } from '../../../src/dicom/pixels/segmented-palette.ts';

describe('expandSegments', () => {
  it('lists discrete values, runs to linear ones and repeats earlier segments', () => {
    const stored = Uint16Array.of(0, 2, 10, 20, 1, 2, 40, 2, 1, 0, 0);
    expect([...expandSegments(stored, 6)]).toEqual([10, 20, 30, 40, 10, 20]);
  });

  it('makes no more entries than asked for', () => {
    expect(expandSegments(Uint16Array.of(0, 1, 5, 1, 60000, 9), 4).length).toBe(4);
  });

  it.each([
    ['an unknown opcode', Uint16Array.of(7, 1, 1)],
    ['a segment that is cut short', Uint16Array.of(0, 9, 1)],
    ['a reference to what comes later', Uint16Array.of(2, 1, 4, 0, 0, 1, 1)],
    ['a linear segment with nothing to start from', Uint16Array.of(1, 2, 40)],
  ])('refuses %s', (_, stored) => {
    expect(() => expandSegments(stored, 100)).toThrow(expect.objectContaining({ code: 'malformed' }));
  });
});
