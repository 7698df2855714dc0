import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Prefilter } from '../../../src/detect/prefilter/prefilter.ts';
import { loadRules } from '../../../src/detect/rule.ts';

interface Place {
  readonly rule: number;
  readonly at: number;
}

function placesIn(prefilter: Prefilter, text: string): Place[] {
  const places: Place[] = [];
  prefilter.scan(text, (rule, at) => places.push({ rule, at }));
  return places;
}

/** Every place at which a pattern matches, by trying it at each. */
function matchesOf(pattern: string, ignoreCase: boolean, text: string): number[] {
  const regex = new RegExp(pattern, ignoreCase ? 'yiu' : 'yu');
  return [...text].reduce<{ at: number; found: number[] }>(
    ({ at, found }, point) => {
      regex.lastIndex = at;
      return { at: at + point.length, found: regex.test(text) ? [...found, at] : found };
    },
    { at: 0, found: [] },
  ).found;
}

const PATTERNS = [
  'ab+c',
  '(?<![\\w.-])\\d{3}-\\d{2}(?!\\d)',
  '\\b(?:phone|tel)[ :]{1,3}\\d{3,5}',
  '(?<=(?:at|to) )[A-Z]\\p{Ll}{2,20}',
  '(?<=^|,)b',
  '(?<!\\d ?)k',
  '(?<!ab)c',
  '(?:(a)|(b))\\1c',
  '[^a-c]{2}x',
  'a.c',
  '\\bé+',
  'x{3,300}y',
  '\\p{Lu}{50,}',
  '(?:a|b){45}',
  'ſ|😀',
  '\\s\\S\\s',
  'c\\b',
];

const letters = fc.constantFrom(
  ...'abcckKxy019 .,-:éſK😀\n\u00a0A'.split(''),
  'phone ',
  'tel:',
  'at Xab',
  '\ud83d',
);
const texts = fc.oneof(
  fc.array(letters, { maxLength: 60 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom('a', 'b', 'x'), { minLength: 40, maxLength: 120 }).map((parts) => parts.join('')),
);

describe('the prefilter', () => {
  it.each([false, true])('names every place where a pattern matches (case ignored: %s)', (ignoreCase) => {
    const prefilter = new Prefilter(PATTERNS.map((pattern) => ({ pattern, ignoreCase })));
    fc.assert(
      fc.property(texts, (text) => {
        const places = placesIn(prefilter, text);
        for (const [rule, pattern] of PATTERNS.entries()) {
          const named = new Set(places.filter((place) => place.rule === rule).map(({ at }) => at));
          expect(matchesOf(pattern, ignoreCase, text).filter((at) => !named.has(at))).toEqual([]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('names every place where a rule that ships matches, whatever stands around it', {
    timeout: 60_000,
  }, () => {
    const rules = loadRules();
    const prefilter = new Prefilter(rules);
    const samples = rules.flatMap((rule) => rule.source.hits.map((hit) => hit.replace(/^.* \| |[«»]/g, '')));
    for (const [index, sample] of samples.entries()) {
      const text = `${samples[(index * 7) % samples.length]} ${sample}, ${sample.toUpperCase()}\n${sample}`;
      const places = placesIn(prefilter, text);
      for (const [rule, { pattern, ignoreCase, id }] of rules.entries()) {
        const named = new Set(places.filter((place) => place.rule === rule).map(({ at }) => at));
        expect([id, matchesOf(pattern, ignoreCase, text).filter((at) => !named.has(at))]).toEqual([id, []]);
      }
    }
  });

  it('leaves alone what no pattern begins with', () => {
    const prefilter = new Prefilter([{ pattern: '(?<!\\w)\\d{3}-\\d{4}(?!\\d)', ignoreCase: false }]);
    expect(placesIn(prefilter, 'the lungs are clear, 120/80, 98.6, A123-4567, 12-3456')).toEqual([]);
    expect(placesIn(prefilter, 'call 555-0134')).toEqual([{ rule: 0, at: 5 }]);
  });

  it('tries a pattern everywhere that it cannot read, or that matches nothing', () => {
    const prefilter = new Prefilter([
      { pattern: '(?i)\\Qa.b\\E', ignoreCase: false },
      { pattern: 'z*', ignoreCase: false },
    ]);
    expect(placesIn(prefilter, 'ab')).toEqual([
      { rule: 0, at: 0 },
      { rule: 1, at: 0 },
      { rule: 0, at: 1 },
      { rule: 1, at: 1 },
    ]);
  });

  it('goes on where what it has learnt is too much to keep', () => {
    const pattern = '(?:a[ab]{30}|[ab]{20}c|b[ab]{25}a)x';
    const prefilter = new Prefilter([{ pattern, ignoreCase: false }]);
    let seed = 1;
    const noise = Array.from({ length: 60_000 }, () => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 20) % 2 === 0 ? 'a' : 'b';
    }).join('');
    const text = `${noise}${'a'.repeat(31)}x ${noise}`;
    const named = new Set(placesIn(prefilter, text).map(({ at }) => at));
    expect(matchesOf(pattern, false, text).filter((at) => !named.has(at))).toEqual([]);
    expect(named.size).toBeGreaterThan(0);
  });
});
