import type { HipaaCategory } from '../../model/category.ts';
import type { LabelColumn } from './labels.ts';
import type { Token } from './tokenizer.ts';

/** Words in a row that a model gives one label, in UTF-16 offsets. */
export interface LabelledSpan {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly category: HipaaCategory;
  /** 0 to 1: of the surest token. */
  readonly probability: number;
}

/** Least probability that a token is an identifier of any kind. */
const THRESHOLD = 0.5;
/** What may stand between two words of one span. */
const BETWEEN = /^[\s.'’-]{0,2}$/u;

interface Judged {
  readonly label: string;
  readonly category: HipaaCategory;
  readonly begins: boolean;
  readonly probability: number;
}

/**
 * Spans of a text from the probabilities of its tokens. A word is flagged whole where one of its pieces is: half a name is
 * no better than none. White space at the ends belongs to no span.
 */
export function spansOf(
  text: string,
  tokens: readonly Token[],
  rows: readonly Float32Array[],
  columns: readonly LabelColumn[],
): LabelledSpan[] {
  const spans: LabelledSpan[] = [];
  for (let at = 0; at < tokens.length; ) {
    const first = at;
    let [best, start, end]: [Judged | undefined, number, number] = [undefined, text.length, 0];
    for (; at < tokens.length && tokens[at]?.word === tokens[first]?.word; at++) {
      const token = tokens[at];
      const judged = judge(rows[at], columns);
      if (token !== undefined) [start, end] = [Math.min(start, token.start), Math.max(end, token.end)];
      if (judged === undefined || (best !== undefined && judged.probability <= best.probability)) continue;
      best = { ...judged, begins: judged.begins && at === first };
    }
    while (start < end && /\s/.test(text.charAt(start))) start += 1;
    while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
    if (best !== undefined && start < end) add(spans, text, { start, end, ...best });
  }
  return spans;
}

function add(
  spans: LabelledSpan[],
  text: string,
  { start, end, begins, label, category, probability }: Judged & { start: number; end: number },
): void {
  const last = spans.at(-1);
  const continues = last?.label === label && !begins && BETWEEN.test(text.slice(last.end, start));
  if (last !== undefined && continues)
    spans[spans.length - 1] = { ...last, end, probability: Math.max(last.probability, probability) };
  else spans.push({ start, end, label, category, probability });
}

/** The likeliest label of a token, whatever its place in a chain, where an identifier is likely at all. */
function judge(row: Float32Array | undefined, columns: readonly LabelColumn[]): Judged | undefined {
  const sums = new Map<string, number>();
  let any = 0;
  columns.forEach(({ label, category }, index) => {
    if (category === undefined) return;
    const probability = row?.[index] ?? 0;
    any += probability;
    sums.set(label, (sums.get(label) ?? 0) + probability);
  });
  if (any < THRESHOLD) return undefined;
  const [likeliest] = [...sums].sort(([, a], [, b]) => b - a);
  const own = columns
    .map((column, index) => ({ column, probability: row?.[index] ?? 0 }))
    .filter(({ column }) => column.label === likeliest?.[0])
    .sort((a, b) => b.probability - a.probability)[0]?.column;
  if (own?.category === undefined) return undefined;
  return { label: own.label, category: own.category, begins: own.begins, probability: any };
}
