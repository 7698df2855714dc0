import { describe, expect, it } from 'vitest';
import { tokenizerOf } from '../../../src/detect/model/tokenizer.ts';
import { wordPieceTokenizer } from './tiny-model.ts';

const vocab = (...words: string[]): Record<string, number> =>
  Object.fromEntries(['[PAD]', '[UNK]', '[CLS]', '[SEP]', ...words].map((word, id) => [word, id]));

/** Each token as the words of the vocabulary and of the text. */
function pieces(spec: Parameters<typeof tokenizerOf>[0], text: string): string[] {
  const names = new Map(Object.entries(spec.model.vocab).map(([word, id]) => [id, word]));
  return tokenizerOf(spec)
    .encode(text)
    .map(({ id, start, end, word }) => `${word} ${names.get(id)} <${text.slice(start, end)}>`);
}

describe('a WordPiece tokenizer', () => {
  const spec = wordPieceTokenizer(vocab('dr', '.', 'zor', '##vath', '山', 'o', "'"));

  it('cuts words into the longest pieces and knows where they stand', () => {
    expect(pieces(spec, 'Dr.  ZORVÁTH, 山山')).toEqual([
      '0 dr <Dr>',
      '1 . <.>',
      '2 zor <ZOR>',
      '2 ##vath <VÁTH>',
      '3 [UNK] <,>',
      '4 山 <山>',
      '5 山 <山>',
    ]);
  });

  it('keeps its place over marks of their own, control characters and pairs', () => {
    expect(pieces(spec, 'Zorva\u0301th')).toEqual(['0 zor <Zor>', '0 ##vath <va\u0301th>']);
    expect(pieces(spec, 'zor\u200bvath')).toEqual(['0 zor <zor>', '0 ##vath <vath>']);
    expect(pieces(spec, '😀 zor')).toEqual(['0 [UNK] <😀>', '1 zor <zor>']);
  });

  it('takes a word that does not come out even as unknown', () => {
    expect(pieces(spec, 'zorx')).toEqual(['0 [UNK] <zorx>']);
  });

  it('puts special tokens around a text', () => {
    const { before, after } = tokenizerOf(spec);
    expect([before, after]).toEqual([[2], [3]]);
  });
});

describe('a tokenizer of whole words', () => {
  it('looks them up', () => {
    const spec = {
      pre_tokenizer: { type: 'Whitespace' },
      model: { type: 'WordLevel', unk_token: '[UNK]', vocab: vocab('Zorvath', "'s") },
    };
    expect(pieces(spec, 'Zorvath?! zorvath')).toEqual([
      '0 Zorvath <Zorvath>',
      '1 [UNK] <?!>',
      '2 [UNK] <zorvath>',
    ]);
  });
});

describe('a byte-level BPE tokenizer', () => {
  const words = ['<unk>', 'Z', 'o', 'r', 'Ġ', 'Ġo', 'Ġor', 'Zo', 'Zor', 'Ã', '¡', 'Ã¡', 'ĠZ', "'", 's', "'s"];
  const spec = {
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false },
    post_processor: { type: 'RobertaProcessing', cls: ['<s>', 0] as const, sep: ['</s>', 2] as const },
    model: {
      type: 'BPE',
      vocab: Object.fromEntries(words.map((word, id) => [word, id])),
      merges: ['Z o', 'Zo r', 'Ġ o', 'Ġo r', ['Ã', '¡'] as const, "' s"],
    },
  };

  it('merges bytes in the order of its list, and knows where each stands', () => {
    expect(pieces(spec, 'Zor orá')).toEqual(['0 Zor <Zor>', '1 Ġor < or>', '1 Ã¡ <á>']);
    expect(pieces(spec, "Zor's")).toEqual(['0 Zor <Zor>', "1 's <'s>"]);
  });

  it('puts a blank before the first word where it is trained so', () => {
    const prefixed = { ...spec, pre_tokenizer: { type: 'ByteLevel', add_prefix_space: true } };
    expect(pieces(prefixed, 'or')).toEqual(['0 Ġor <or>']);
    expect(pieces(prefixed, 'oro')).toEqual(['0 Ġor <or>', '0 o <o>']);
  });

  it('has the special tokens of RoBERTa', () => {
    const { before, after } = tokenizerOf(spec);
    expect([before, after]).toEqual([[0], [2]]);
  });

  it('passes over no byte that its list does not know', () => {
    expect(() => pieces(spec, 'Zor x')).toThrow('no token for a byte');
  });

  it('never makes one place of two letters of which each has half a character', () => {
    const halves = { ...spec, model: { ...spec.model, merges: [] } };
    expect(pieces(halves, 'á')).toEqual(['0 Ã <á>', '0 ¡ <á>']);
  });
});

describe('what is not supported', () => {
  it.each([
    [{ model: { type: 'Unigram', unk_token: '[UNK]', vocab: vocab() } }],
    [{ normalizer: { type: 'Precompiled' }, model: wordPieceTokenizer(vocab()).model }],
    [{ pre_tokenizer: { type: 'Metaspace' }, model: wordPieceTokenizer(vocab()).model }],
    [{ post_processor: { type: 'Other' }, model: wordPieceTokenizer(vocab()).model }],
    [{ model: { type: 'WordPiece', unk_token: '[GONE]', vocab: vocab() } }],
  ])('is a mistake of the project, not a guess', (spec) => {
    expect(() => tokenizerOf(spec)).toThrow(/tokenizer\.json.*not supported/);
  });
});
