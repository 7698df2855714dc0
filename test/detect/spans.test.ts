import { describe, expect, it } from 'vitest';
import { codePointSlicer, Ranges } from '../../src/detect/spans.ts';

describe('code points', () => {
  it.each(['plain', '😀a😀', 'a\ud83d', '\ude00😀b'])('of %j are cut as an array of them is', (text) => {
    const points = [...text];
    const slice = codePointSlicer(text);
    for (let start = 0; start <= points.length; start++)
      for (let end = start; end <= points.length; end++)
        expect(slice(start, end)).toBe(points.slice(start, end).join(''));
  });
});

describe('ranges', () => {
  it('say what they hold and touch, as if each were asked', () => {
    const list = [
      { start: 1, end: 3 },
      { start: 3, end: 4 },
      { start: 7, end: 9 },
    ];
    const ranges = new Ranges(list);
    for (let start = 0; start < 11; start++)
      for (let end = start + 1; end < 12; end++) {
        const span = { start, end };
        expect(ranges.hold(span)).toBe(list.some((range) => range.start <= start && end <= range.end));
        expect(ranges.touch(span)).toBe(list.some((range) => range.start < end && start < range.end));
      }
    expect(new Ranges([]).touch({ start: 0, end: 9 })).toBe(false);
    expect(new Ranges([]).hold({ start: 0, end: 9 })).toBe(false);
  });
});
