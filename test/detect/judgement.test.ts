import { describe, expect, it } from 'vitest';
import { ContextWords } from '../../src/detect/context-words.ts';
import { matchRules, patternDetector, textPassage } from '../../src/detect/patterns.ts';
import { compileFamily, loadRules } from '../../src/detect/rule.ts';

const [card] = compileFamily(
  {
    version: 1,
    family: 'test',
    category: 'J',
    source: 'made',
    rules: [
      {
        id: 'test.card',
        tier: 'suspect',
        confidence: 0.8,
        pattern: '(?<!\\d)\\d{8}(?!\\d)',
        context: { before: ['card', 'paid with', 'account*'], after: ['expires'], not: ['lot'], within: 20 },
        validator: { name: 'luhn', tier: 'leak' },
        hits: ['«12345674»'],
      },
    ],
  },
  'test.yaml',
);
if (card === undefined) throw new Error('no rule');
const judged = (text: string, label = '') => matchRules([card], text, label)[0];

describe('what a match is worth', () => {
  it('grows with context and with validator, each by itself and both together', () => {
    const [shape, context, both, validator] = [
      judged('12345678'),
      judged('card 12345678'),
      judged('card 12345674'),
      judged('12345674'),
    ].map((hit) => hit?.confidence ?? 0);
    expect([shape, context, validator, both]).toEqual([0.8, 0.9, 0.9, 0.95]);
  });

  it.each(loadRules().map((rule) => [rule.id, rule] as const))(
    'grows for %s, however sure its shape is',
    (_, rule) => {
      const sure = { ...rule, tier: 'leak' as const, context: undefined, validator: undefined };
      for (const sample of rule.source.hits) {
        const [label, text] = sample.includes(' | ') ? sample.split(' | ') : ['', sample];
        const plain = (text ?? '').replace(/[«»]/g, '');
        const [bare] = matchRules([sure], plain, label ?? '');
        const [full] = matchRules([rule], plain, label ?? '');
        const supported = /: |; passes/.test(full?.explain ?? '');
        if (bare === undefined || full === undefined || bare.start !== full.start) continue;
        if (supported) expect(full.confidence).toBeGreaterThan(bare.confidence);
        else expect(full.confidence).toBe(bare.confidence);
      }
    },
  );

  it('is explained by the words of the rule, never by those of the text', () => {
    expect(judged('12345678')?.explain).toBe('looks like test.card; does not pass luhn');
    expect(judged('PAID_WITH 12345674')?.explain).toBe(
      'looks like test.card; a word before it: paid with; passes luhn',
    );
    expect(judged('accountant Roe 12345678')?.explain).toBe(
      'looks like test.card; a word before it: account*; does not pass luhn',
    );
    expect(judged('12345678 expires')?.explain).toContain('a word after it: expires');
    expect(judged('12345678', 'Card No')?.explain).toContain('a word in the name of its place: card');
    expect(judged('lot 12345674')).toBeUndefined();
  });

  it('says where the rule itself asks for words', () => {
    const hits = patternDetector().detect(textPassage('MRN: 00482913'));
    const hit = hits.find(({ rule }) => rule === 'mrn.cued');
    expect(hit?.explain).toBe('looks like mrn.cued, beside the words it asks for');
  });
});

describe('context words', () => {
  it('are whole, in any case, with any ending where a star says so', () => {
    const words = new ContextWords(['tel', 'call*', 'social security', 'ss#']);
    expect(
      ['TEL', 'Telly', 'calling', 'socialsecurity', 'Social_Security', 'ss# 1', 'x'].map((text) =>
        words.wordIn(text),
      ),
    ).toEqual(['tel', undefined, 'call*', 'social security', 'social security', 'ss#', undefined]);
  });
});
