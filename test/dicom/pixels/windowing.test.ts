import { describe, expect, it } from 'vitest';
import { greyViews } from '../../../src/dicom/pixels/windowing.ts';
import { described } from './described.ts';

const samples = (values: Uint16Array, bits = 16) => ({
  width: values.length,
  height: 1,
  channels: 1,
  bits,
  values,
});

describe('greyViews', () => {
  it('shows the full range first', () => {
    const [view] = greyViews(samples(Uint16Array.of(0, 2000, 4000)), described({ bitsAllocated: 16 }));
    expect([...(view?.data ?? [])]).toEqual([0, 128, 255]);
  });

  it('adds the VOI window, taken back through slope and intercept', () => {
    const description = described({
      bitsAllocated: 16,
      windows: [{ center: 50, width: 100 }],
      rescale: { slope: 1, intercept: -1000 },
    });
    const views = greyViews(samples(Uint16Array.of(0, 1000, 1050, 1100, 4000)), description);
    expect([...(views[1]?.data ?? [])]).toEqual([0, 0, 127, 255, 255]);
  });

  it('adds a level for faint text among values that lie close together', () => {
    const values = Uint16Array.from({ length: 1000 }, (_, i) => 1000 + (i % 40));
    values[0] = 0;
    values[999] = 60000;
    const contrast = greyViews(samples(values), described({ bitsAllocated: 16 })).map((view) =>
      Math.abs((view.data[520] as number) - (view.data[539] as number)),
    );
    expect(contrast[0]).toBeLessThan(2);
    expect(Math.max(...contrast)).toBeGreaterThan(60);
  });

  it('survives a frame of one value', () => {
    expect(greyViews(samples(new Uint16Array(9)), described({ bitsAllocated: 16 }))).toHaveLength(1);
  });
});
