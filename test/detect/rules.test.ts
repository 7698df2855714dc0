import { describe, expect, it } from 'vitest';
import { backtracking } from '../../scripts/backtracking.ts';
import { matchRules } from '../../src/detect/patterns.ts';
import { compileFamily, loadRules } from '../../src/detect/rule.ts';
import { CATEGORY_LETTERS } from '../../src/model/category.ts';

const rules = loadRules();

/** `label | text with «marked» identifier` as label, plain text and the marked span. */
function sample(source: string): { label: string; text: string; start: number; end: number } {
  const [label, body] = source.includes(' | ') ? (source.split(' | ') as [string, string]) : ['', source];
  const start = body.indexOf('«');
  const end = body.indexOf('»') - 1;
  return { label, text: body.replace(/[«»]/g, ''), start, end };
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('rule %s', (_, rule) => {
  it.each(rule.source.hits)('hits the marked part of %s', (source) => {
    const { label, text, start, end } = sample(source);
    const spans = matchRules([rule], text, label).map((hit) => [hit.start, hit.end]);
    expect(spans).toContainEqual([start, end]);
  });

  it.each(rule.source.misses)('leaves %s alone', (source) => {
    const { label, text } = sample(source);
    expect(matchRules([rule], text, label)).toEqual([]);
  });
});

describe('the rule files', () => {
  it('cover each category that text can carry', () => {
    const covered = new Set<string>(rules.map((rule) => rule.category));
    const missing = CATEGORY_LETTERS.filter((letter) => !covered.has(letter));
    expect(missing).toEqual(['P', 'Q']);
  });

  it('name each rule once', () => {
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
  });

  it('refuse an unknown key', () => {
    const broken = { version: 1, family: 'x', category: 'A', source: 's', rules: [], colour: 'red' };
    expect(() => compileFamily(broken, 'rules/detect/x.yaml')).toThrow(/x\.yaml/);
  });

  it('have no pattern that backtracks without end', () => {
    const slow = rules.flatMap(({ id, pattern, ignoreCase }) =>
      backtracking(pattern, ignoreCase ? 'iu' : 'u').map((problem) => `${id}: ${problem}`),
    );
    expect(slow).toEqual([]);
  });
});
