import { type NormalizerSpec, normaliser } from './normalise.ts';
import { type PiecesSpec, piecesOf } from './pieces.ts';
import { type SplitterSpec, splitter, stepsOf } from './splitting.ts';
import { unsupported } from './unsupported.ts';

/** A tokenizer.json, as far as it is read here. */
export interface TokenizerSpec {
  readonly normalizer?: NormalizerSpec | null;
  readonly pre_tokenizer?: SplitterSpec | null;
  readonly post_processor?: ProcessorSpec | null;
  readonly model: PiecesSpec;
}

interface ProcessorSpec {
  readonly type: string;
  readonly processors?: readonly ProcessorSpec[];
  readonly cls?: readonly [string, number];
  readonly sep?: readonly [string, number];
  readonly single?: readonly { readonly SpecialToken?: { readonly id: string } }[];
  readonly special_tokens?: Readonly<Record<string, { readonly ids: readonly number[] }>>;
}

/** One token and where it stands in the text, in UTF-16 offsets. */
export interface Token {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  /** Which word it is a part of, counted from 0. */
  readonly word: number;
}

export interface Tokenizer {
  encode(text: string): Token[];
  /** Tokens that go before and after those of a text. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/**
 * The tokenizer that a tokenizer.json describes, with the place of each token: the packages that read such files give
 * none.
 * @throws PhiGateError `usage` for what is not known.
 */
export function tokenizerOf(spec: TokenizerSpec): Tokenizer {
  const steps = stepsOf(spec.pre_tokenizer);
  const bytes = steps.some(({ type }) => type === 'ByteLevel');
  const leadingBlank = steps.some((step) => step.type === 'ByteLevel' && step.add_prefix_space === true);
  const normalise = normaliser(spec.normalizer);
  const split = splitter(spec.pre_tokenizer);
  const cut = piecesOf(spec.model, bytes);
  return {
    ...specialTokens(spec.post_processor),
    encode(given) {
      const { text, starts, ends } = normalise(given);
      const blank = leadingBlank && text !== '' && !text.startsWith(' ') ? 1 : 0;
      const searched = blank === 1 ? ` ${text}` : text;
      const startAt = (at: number): number => starts[Math.max(0, at - blank)] ?? 0;
      const endAt = (at: number): number => (at - blank < 1 ? startAt(at) : (ends[at - blank - 1] ?? 0));
      return split(searched).flatMap((range, word) =>
        cut(searched.slice(range.start, range.end)).map(({ id, start, end }) => ({
          id,
          start: startAt(range.start + start),
          end: endAt(range.start + end),
          word,
        })),
      );
    },
  };
}

/** What stands before and after a single text; nothing without a `post_processor`. */
function specialTokens(spec: ProcessorSpec | null | undefined): Pick<Tokenizer, 'before' | 'after'> {
  const processors = spec?.type === 'Sequence' ? (spec.processors ?? []) : spec == null ? [] : [spec];
  let tokens: Pick<Tokenizer, 'before' | 'after'> = { before: [], after: [] };
  for (const { type, cls, sep, single = [], special_tokens = {} } of processors) {
    if (type === 'ByteLevel') continue;
    if ((type === 'BertProcessing' || type === 'RobertaProcessing') && cls && sep) {
      tokens = { before: [cls[1]], after: [sep[1]] };
    } else if (type === 'TemplateProcessing') {
      const text = single.findIndex(({ SpecialToken }) => SpecialToken === undefined);
      const ids = single.map(({ SpecialToken }) => special_tokens[SpecialToken?.id ?? '']?.ids ?? []);
      tokens = { before: ids.slice(0, text).flat(), after: ids.slice(text + 1).flat() };
    } else throw unsupported(`the post-processor ${type}`);
  }
  return tokens;
}
