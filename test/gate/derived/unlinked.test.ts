import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CHECKSUMS } from '../../../src/detect/derived/checksums.ts';
import { explainSets } from '../../../src/gate/derived/unlinked.ts';
import { Codes } from './codes.ts';

const LIMIT = -6 - Math.log10(20);

const MAPPINGS: readonly [string, (id: string) => string][] = [
  ['an offset', (id) => `S${Number(id) + 1_204_711}`],
  ['a complement to a number', (id) => String(199_999_998 - Number(id))],
  [
    'a key of digits',
    (id) => [...id].map((digit, at) => (Number(digit) + Number([3, 1, 4, 1, 5, 9, 2, 6][at])) % 10).join(''),
  ],
  ["nines' complement", (id) => [...id].map((digit) => 9 - Number(digit)).join('')],
  ['digits in another order', (id) => [3, 7, 0, 5, 1, 6, 2, 4].map((at) => id[at]).join('')],
  ['a prefix before the last six digits', (id) => `K-${id.slice(2)}`],
  ['CRC-32', (id) => (CHECKSUMS[0]?.of(Buffer.from(id)) ?? 0).toString(16).padStart(8, '0')],
  ['eight digits of MD5', (id) => createHash('md5').update(id).digest('hex').slice(0, 8)],
];

describe('codes of a release and identifiers handed over, in any order', () => {
  it.each(MAPPINGS)('that are bound by %s are explained', (_, map) => {
    for (const [count, more] of [
      [6, 0],
      [20, 10],
      [300, 50],
    ] as const) {
      for (let seed = 1; seed <= 4; seed += 1) {
        const codes = new Codes(seed * 31 + count);
        const ids = codes.distinct(count + more, () => String(codes.random.whole(10_000_000, 99_999_999)));
        const released = codes.shuffled(ids.slice(0, count).map(map));
        const [found] = explainSets(ids, released, LIMIT);
        expect(found?.codes.size ?? 0, `${count}, seed ${seed}`).toBeGreaterThanOrEqual(count - 1);
      }
    }
  });

  it('are never explained by chance, in a thousand data sets', { timeout: 300_000 }, () => {
    const fired: string[] = [];
    for (let seed = 1; seed <= 1000; seed += 1) {
      const codes = new Codes(seed);
      const count = codes.random.chance(0.9) ? codes.random.whole(5, 30) : codes.random.whole(5, 200);
      const [found] = explainSets(codes.ids(count), codes.codes(count), LIMIT);
      if (found !== undefined) fired.push(`${seed}: ${found.rule} ${found.codes.size} of ${count}`);
    }
    expect(fired).toEqual([]);
  });
});
