import { unsupported } from './unsupported.ts';

/** The `pre_tokenizer` of a tokenizer.json, as far as it is read here. */
export interface SplitterSpec {
  readonly type: string;
  readonly pretokenizers?: readonly SplitterSpec[];
  readonly add_prefix_space?: boolean;
  readonly use_regex?: boolean;
  readonly individual_digits?: boolean;
  readonly pattern?: { readonly Regex?: string; readonly String?: string };
  readonly behavior?: string;
  readonly invert?: boolean;
}

/** Part of a text, in UTF-16 offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** BERT takes every ASCII character that is no letter, digit or blank for punctuation. */
const MARKS = '\\p{P}$+<=>^`|~';
const BERT = new RegExp(`[${MARKS}]|\\p{Script=Han}|[^\\s${MARKS}\\p{Script=Han}]+`, 'gu');
const PUNCTUATION = new RegExp(`[${MARKS}]|[^${MARKS}]+`, 'gu');
const LETTER = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}';
const WORDS = new RegExp(`[${LETTER}]+|[^\\s${LETTER}]+`, 'gu');
const BYTE_LEVEL = /'(?:[stmd]|re|ve|ll)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

/**
 * The function that cuts a normalised text into words by a `pre_tokenizer`; words are in order and no word lies in another.
 * @throws PhiGateError `usage` for a type that is not known.
 */
export function splitter(spec: SplitterSpec | null | undefined): (text: string) => Range[] {
  const steps = spec == null ? [] : patternsOf(spec);
  return (text) =>
    steps.reduce<Range[]>(
      (ranges, pattern) =>
        ranges.flatMap(({ start, end }) =>
          [...text.slice(start, end).matchAll(pattern)].map(({ 0: word, index }) => ({
            start: start + index,
            end: start + index + word.length,
          })),
        ),
      [{ start: 0, end: text.length }],
    );
}

/** What the words are, step by step: each step cuts the words of the last. */
function patternsOf(spec: SplitterSpec): RegExp[] {
  switch (spec.type) {
    case 'Sequence':
      return (spec.pretokenizers ?? []).flatMap(patternsOf);
    case 'BertPreTokenizer':
      return [BERT];
    case 'Whitespace':
      return [WORDS];
    case 'WhitespaceSplit':
      return [/\S+/gu];
    case 'Punctuation':
      return [PUNCTUATION];
    case 'Digits':
      return [spec.individual_digits ? /\p{N}|\P{N}+/gu : /\p{N}+|\P{N}+/gu];
    case 'ByteLevel':
      return spec.use_regex === false ? [] : [BYTE_LEVEL];
    default:
      throw unsupported(`the pre-tokenizer ${spec.type}`);
  }
}

/** The parts of a `pre_tokenizer`: one, those of a sequence, or none. */
export function stepsOf(spec: SplitterSpec | null | undefined): readonly SplitterSpec[] {
  if (spec == null) return [];
  return spec.type === 'Sequence' ? (spec.pretokenizers ?? []).flatMap(stepsOf) : [spec];
}
