import { describe, expect, it } from 'vitest';
import type { TextBox } from '../../src/ocr/text-boxes.ts';
import { tracksOf } from '../../src/ocr/tracks.ts';

const at = (x: number, kind: TextBox['kind'] = 'unsafe'): TextBox => ({ box: [x, 10, 40, 12], kind });

describe('tracksOf', () => {
  it('joins text that stands in the same place, over frames in which it was not seen', () => {
    expect(tracksOf([[], [at(10)], [], [at(11)], []])).toEqual([
      { first: 2, last: 4, box: [10, 10, 41, 12], kind: 'unsafe' },
    ]);
  });

  it('keeps texts of different places apart', () => {
    expect(tracksOf([[at(10), at(100)]])).toHaveLength(2);
  });

  it('takes the worse kind for text that reads well in one frame and badly in another', () => {
    expect(tracksOf([[at(10, 'safe')], [at(10, 'unsafe')], [at(10, 'safe')]])).toEqual([
      { first: 1, last: 3, box: [10, 10, 40, 12], kind: 'unsafe' },
    ]);
  });
});
