import { fieldsOf } from './features.ts';
import { emissions, LABEL_COUNT, LABELS, type Label, type Model, posteriors } from './model.ts';
import { type Tokens, tokenize } from './tokens.ts';
import { Vocabulary } from './vocabulary.ts';

/** A stretch of a text that the tagger takes for an identifier. UTF-16 offsets, end exclusive. */
export interface TaggedSpan {
  readonly start: number;
  readonly end: number;
  readonly label: Exclude<Label, 'O'>;
  /** Of its surest token, 0 to 1. */
  readonly probability: number;
}

/** Longer texts are taken in pieces, cut at line ends or blanks, so that memory stays flat. */
const PIECE = 40_000;

/**
 * Beside a token that reaches the threshold, others are taken from this share of it on: names and codes are flagged whole
 * (three spans in a hundred more in notes of other styles, no more flags).
 */
const BESIDE = 0.25;

const vocabulary = new Vocabulary();

/** Spans of which one token at least is an identifier with at least `threshold`, in the order of the text. */
export function tag(text: string, model: Model, threshold: number): TaggedSpan[] {
  if (text.length <= PIECE) return tagPiece(text, 0, model, threshold);
  const spans: TaggedSpan[] = [];
  for (let start = 0; start < text.length; ) {
    const end = cutAfter(text, start);
    spans.push(...tagPiece(text.slice(start, end), start, model, threshold));
    start = end;
  }
  return spans;
}

function cutAfter(text: string, start: number): number {
  const end = start + PIECE;
  if (end >= text.length) return text.length;
  const line = text.lastIndexOf('\n', end);
  if (line > start + PIECE / 2) return line + 1;
  const blank = text.lastIndexOf(' ', end);
  return blank > start + PIECE / 2 ? blank + 1 : end;
}

function tagPiece(text: string, offset: number, model: Model, threshold: number): TaggedSpan[] {
  const tokens = tokenize(text);
  const scores = emissions(model, fieldsOf(text, tokens, vocabulary), tokens.count);
  const chances = posteriors(scores, tokens.count, model.transitions);
  return joinSpans(text, tokens, chances, threshold, offset);
}

function joinSpans(
  text: string,
  tokens: Tokens,
  chances: Float64Array,
  threshold: number,
  offset: number,
): TaggedSpan[] {
  const spans: { start: number; end: number; label: Exclude<Label, 'O'>; probability: number }[] = [];
  for (let i = 0; i < tokens.count; i++) {
    const probability = 1 - (chances[i * LABEL_COUNT] ?? 1);
    if (probability < threshold * BESIDE) continue;
    const label = likeliest(chances, i);
    const [start, end] = [(tokens.starts[i] ?? 0) + offset, (tokens.ends[i] ?? 0) + offset];
    const last = spans.at(-1);
    if (last !== undefined && last.label === label && isGap(text, last.end - offset, start - offset)) {
      last.end = end;
      last.probability = Math.max(last.probability, probability);
    } else {
      spans.push({ start, end, label, probability });
    }
  }
  return spans.filter(
    ({ start, end, probability }) =>
      probability >= threshold && /[\p{L}\p{N}]/u.test(text.slice(start - offset, end - offset)),
  );
}

/** Nothing but blanks, or one mark, between two parts of a span. */
const isGap = (text: string, from: number, to: number): boolean =>
  to - from <= 3 && /^\s{0,3}[.,'’^/-]?\s{0,3}$/.test(text.slice(from, to));

function likeliest(chances: Float64Array, i: number): Exclude<Label, 'O'> {
  let best = 1;
  for (let l = 2; l < LABEL_COUNT; l++) {
    if ((chances[i * LABEL_COUNT + l] ?? 0) > (chances[i * LABEL_COUNT + best] ?? 0)) best = l;
  }
  return LABELS[best] as Exclude<Label, 'O'>;
}
