import { LABELS, type Label } from '../../src/detect/tagger/model.ts';
import { tokenize } from '../../src/detect/tagger/tokens.ts';
import type { Example } from '../train/crf.ts';

/** A text and what identifies in it. UTF-16 offsets, end exclusive. */
export interface LabelledText {
  readonly text: string;
  readonly spans: readonly LabelledSpan[];
}

export interface LabelledSpan {
  readonly start: number;
  readonly end: number;
  /** `OPEN`: nobody says; the tagger is neither told nor judged by it. */
  readonly type: Exclude<Label, 'O'> | 'OPEN';
}

const BIT = Object.fromEntries(LABELS.map((label, i) => [label, 1 << i])) as Record<Label, number>;
const ALL = (1 << LABELS.length) - 1;

/** A text as the tagger learns it: a token bears the label of the span that it stands in, or none. */
export function exampleOf({ text, spans }: LabelledText): Example {
  const tokens = tokenize(text);
  const allowed = new Uint8Array(tokens.count).fill(BIT.O);
  for (const { start, end, type } of spans) {
    for (let i = 0; i < tokens.count; i++) {
      if ((tokens.starts[i] ?? 0) < end && (tokens.ends[i] ?? 0) > start)
        allowed[i] = type === 'OPEN' ? ALL : BIT[type];
    }
  }
  return { text, allowed };
}
