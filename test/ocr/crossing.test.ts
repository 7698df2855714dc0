import { describe, expect, it } from 'vitest';
import { type Spaced, withoutCrossings } from '../../src/ocr/crossing.ts';

const level = (y: number, gap = 2): Spaced => ({ box: [10, y, 80, 12], vertical: false, gap });
const upright = (x: number, gap: number, height = 70): Spaced => ({
  box: [x, 10, 12, height],
  vertical: true,
  gap,
});

describe('withoutCrossings', () => {
  const paragraph = [level(10), level(28), level(46), level(64)];

  it('drops a column of letters that level lines make', () => {
    const column = upright(12, 6);
    expect(withoutCrossings([...paragraph, column])).toEqual(paragraph);
  });

  it('drops the rows that letters of upright lines make side by side', () => {
    const columns = [upright(10, 2), upright(28, 2), upright(46, 2), upright(64, 2)];
    const row: Spaced = { box: [10, 30, 70, 10], vertical: false, gap: 7 };
    expect(withoutCrossings([...columns, row])).toEqual(columns);
  });

  it('keeps an upright line that a level one crosses in one place', () => {
    const scale = upright(12, 6);
    expect(withoutCrossings([level(10), scale])).toContain(scale);
  });

  it('keeps everything where there is one direction', () => {
    expect(withoutCrossings(paragraph)).toEqual(paragraph);
  });
});
