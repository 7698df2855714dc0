import { describe, expect, it } from 'vitest';
import { overTiles } from '../../src/run/tile-boxes.ts';

const layout = {
  width: 200,
  height: 200,
  places: [
    [0, 0],
    [100, 0],
    [0, 100],
    [100, 100],
  ],
} as const;

describe('overTiles', () => {
  it('leaves a box inside its tile as it is', () => {
    const box = { first: 2, last: 2, box: [5, 6, 7, 8] as const };
    expect(overTiles([box], { layout, columns: 100, rows: 100 })).toEqual([box]);
  });

  it('goes on in the tiles that a box reaches into', () => {
    const box = { first: 1, last: 1, box: [90, 95, 30, 10] as const };
    expect(overTiles([box], { layout, columns: 100, rows: 100 })).toEqual([
      { first: 1, last: 1, box: [90, 95, 10, 5] },
      { first: 3, last: 3, box: [90, 0, 10, 5] },
      { first: 2, last: 2, box: [0, 95, 20, 5] },
      { first: 4, last: 4, box: [0, 0, 20, 5] },
    ]);
  });

  it('stays in its own layer where several tiles lie in one place', () => {
    const stacked = { ...layout, places: [...layout.places, ...layout.places] };
    const box = { first: 1, last: 1, box: [90, 5, 30, 10] as const };
    expect(overTiles([box], { layout: stacked, columns: 100, rows: 100 })).toEqual([
      { first: 1, last: 1, box: [90, 5, 10, 10] },
      { first: 2, last: 2, box: [0, 5, 20, 10] },
    ]);
  });
});
