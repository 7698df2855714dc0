import { english } from './compromise.ts';

/** A stretch of text; offsets are UTF-16. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The sentences of a text, as `compromise` parts them (`Dr. Roe`, `5 p.m.` and `98.6` end none; a line does). White space
 * around a sentence is none of it. Costs about a second a megabyte: for windows around what a cheaper test has found.
 */
export function sentences(text: string): Span[] {
  const parts = english().tokenize(text).document as unknown as Term[][];
  const spans: Span[] = [];
  let at = 0;
  for (const terms of parts) {
    const whole = terms.map(({ pre, text: word, post }) => pre + word + post).join('');
    // What the parser does not give back as it was, it has put in another form.
    if (text.slice(at, at + whole.length) !== whole) return [trimmed(text, 0, text.length)];
    spans.push(trimmed(text, at, at + whole.length));
    at += whole.length;
  }
  return spans.filter(({ start, end }) => end > start);
}

/** A term of the parser's document: what stands before it, itself, what stands behind it. */
interface Term {
  readonly pre: string;
  readonly text: string;
  readonly post: string;
}

function trimmed(text: string, start: number, end: number): Span {
  const part = text.slice(start, end);
  const from = start + (part.length - part.trimStart().length);
  return { start: Math.min(from, end), end: Math.max(from, start + part.trimEnd().length) };
}

/** The sentence of a line that holds a place, looked for in the line alone. */
export function sentenceAround(text: string, at: number): Span {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = text.indexOf('\n', at);
  const line = text.slice(start, lineEnd < 0 ? text.length : lineEnd);
  const found = sentences(line).find((span) => start + span.start <= at && at < start + span.end);
  return found ? { start: start + found.start, end: start + found.end } : { start, end: start + line.length };
}
