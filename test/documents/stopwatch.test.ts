import { afterEach, describe, expect, it, vi } from 'vitest';
import { Stopwatch } from '../../src/documents/stopwatch.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('Stopwatch', () => {
  it('counts the time that is not a pause', () => {
    vi.useFakeTimers();
    const watch = new Stopwatch(10);
    vi.advanceTimersByTime(6000);
    watch.pause();
    vi.advanceTimersByTime(60_000);
    watch.goOn();
    vi.advanceTimersByTime(3000);
    expect(watch.isOver).toBe(false);
    vi.advanceTimersByTime(2000);
    expect(() => watch.check()).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
});
