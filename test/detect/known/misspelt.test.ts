import { describe, expect, it } from 'vitest';
import type { KnownKind } from '../../../src/detect/detector.ts';
import { distance } from '../../../src/detect/known/edit-distance.ts';
import { KnownIdentifiers } from '../../../src/detect/known/known-identifiers.ts';
import { textPassage } from '../../../src/detect/patterns.ts';

function findIn(...known: [string, KnownKind][]) {
  const identifiers = new KnownIdentifiers();
  for (const [value, kind] of known) identifiers.add({ value, kind, category: kind === 'name' ? 'A' : 'H' });
  const detector = identifiers.freeze().detector();
  return (text: string) =>
    detector.detect(textPassage(text)).map((hit) => [hit.tier, [...text].slice(hit.start, hit.end).join('')]);
}

const find = findIn(['Quillfeather^Ottoline', 'name'], ['Brandt^Ivo', 'name'], ['Young^Mark', 'name']);

describe('a known name with letters wrong', () => {
  it.each([
    ['asked Brxandt about it', 'Brxandt'],
    ['asked Bradnt about it', 'Bradnt'],
    ['asked Bandt about it', 'Bandt'],
    ['left with xrandt then', 'xrandt'],
    ['asked Qiullfaether about it', 'Qiullfaether'],
    ['asked 8randt about it', '8randt'],
    ['asked Qui11feather about it', 'Qui11feather'],
    ['saw Mrak Young there', 'Mrak Young'],
    ['saw Yuong, Mark there', 'Yuong, Mark'],
    ['MarkxYoung', 'MarkxYoung'],
  ])('is a suspect in %j', (text, name) => {
    const hits = find(text);
    expect(hits.map(([tier]) => tier)).toEqual(['suspect']);
    expect(name).toContain(hits[0]?.[1]);
  });

  it.each([
    'a brand and Brands of grandeur',
    'closed with a Brandi suture',
    'the Brandi retractor',
    'as described by Brandi, et al',
    'dark young people, Yuong',
    'asked Brad about it',
  ])('is nobody in %j', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('is somebody else where more people are called so', () => {
    expect(findIn(['Simms^Ivo', 'name'])('asked Sims about it')).toEqual([]);
    expect(findIn(['Olsson^Jane', 'name'])('saw Jane Olson there')).toEqual([['suspect', 'Jane Olson']]);
  });
});

describe('a known number with a digit wrong', () => {
  const find = findIn(['70458812', 'id'], ['AB-4471902', 'id'], ['884301275', 'id']);

  it.each([
    ['MRN: 70458872', '70458872'],
    ['MRN 70485812', '70485812'],
    ['see 7O4588l2', '7O4588l2'],
    ['see AB-447l9O2', 'AB-447l9O2'],
    ['see 884301257 there', '884301257'],
    ['MRN ending in 8812', 'ending in 8812'],
    ['MRN ****8812', '****8812'],
  ])('is a suspect in %j', (text, number) => {
    expect(find(text)).toEqual([['suspect', number]]);
  });

  it.each(['at 70458872 Hz', 'MRN: 70458', 'about 8812', '8812', '0.70458872', 'ending in 8813'])(
    'is a number in %j',
    (text) => {
      expect(find(text)).toEqual([]);
    },
  );
});

describe('the distance of two words', () => {
  it('counts what is inserted, left out, replaced and swapped', () => {
    expect(
      ['brandtt', 'brand', 'brundt', 'bradnt', 'brandt'].map((word) => distance(word, 'brandt', 2)),
    ).toEqual([1, 1, 1, 1, 0]);
    expect(distance('kitten', 'sitting', 2)).toBe(3);
    expect(distance('a', 'abcd', 2)).toBe(3);
  });
});
