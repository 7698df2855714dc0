import { describe, expect, it } from 'vitest';
import { LruCache } from '../../src/detect/lru.ts';

describe('the cache', () => {
  it('forgets what was not asked for longest', () => {
    const cache = new LruCache<number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    expect(cache.get('a')).toBe(1);
    cache.set('c', 3);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  });

  it('weighs its entries, and keeps none that is too heavy', () => {
    const cache = new LruCache<number>(10);
    cache.set('a', 1, 4);
    cache.set('b', 2, 4);
    cache.set('c', 3, 5);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, 2, 3]);
    cache.set('d', 4, 11);
    expect([cache.get('b'), cache.get('c'), cache.get('d')]).toEqual([undefined, undefined, undefined]);
  });

  it('counts an entry that is set again once', () => {
    const cache = new LruCache<number>(10);
    cache.set('a', 1, 6);
    cache.set('a', 2, 6);
    cache.set('b', 3, 4);
    expect([cache.get('a'), cache.get('b')]).toEqual([2, 3]);
  });
});
