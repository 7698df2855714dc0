import { type Goal, percent } from '../score/table.ts';
import type { LabelledSpan, LabelledText } from './labelled.ts';

/** A stretch that was flagged. UTF-16 offsets, end exclusive. */
export interface Flag {
  readonly start: number;
  readonly end: number;
}

export type FindFlags = (text: string) => readonly Flag[];

export interface Tally {
  readonly spans: number;
  readonly touched: number;
  readonly covered: number;
  readonly clean: number;
  readonly cleanFlagged: number;
  readonly words: number;
  /** Flags that touch no span. */
  readonly off: number;
  readonly byType: ReadonlyMap<string, { spans: number; touched: number; covered: number }>;
  readonly misses: readonly string[];
}

/** How many labelled spans are flagged, in part and with every letter and digit, and what is flagged besides. */
export function tallyOf(texts: readonly LabelledText[], find: FindFlags): Tally {
  const sum = { spans: 0, touched: 0, covered: 0, clean: 0, cleanFlagged: 0, words: 0, off: 0 };
  const byType = new Map<string, { spans: number; touched: number; covered: number }>();
  const misses: string[] = [];
  for (const { text, spans } of texts) {
    const flags = find(text);
    sum.words += text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    const off = flags.filter(({ start, end }) => !spans.some((span) => span.start < end && start < span.end));
    sum.off += off.length;
    if (spans.length === 0) {
      sum.clean++;
      if (flags.length > 0) sum.cleanFlagged++;
    }
    misses.push(...off.map((flag) => `flagged for nothing: ${around(text, flag)}`));
    for (const span of spans) {
      if (span.type === 'OPEN') continue;
      const touched = flags.some(({ start, end }) => start < span.end && span.start < end);
      const covered = touched && isCovered(text, span, flags);
      const type = byType.get(span.type) ?? { spans: 0, touched: 0, covered: 0 };
      byType.set(span.type, type);
      for (const count of [sum, type]) {
        count.spans++;
        if (touched) count.touched++;
        if (covered) count.covered++;
      }
      if (!covered) misses.push(`${touched ? 'in part' : 'missed'}: ${span.type} ${around(text, span)}`);
    }
  }
  return { ...sum, byType, misses };
}

function isCovered(text: string, { start, end }: LabelledSpan, flags: readonly Flag[]): boolean {
  for (let at = start; at < end; at++) {
    if (!/[\p{L}\p{N}]/u.test(text[at] ?? '')) continue;
    if (!flags.some((flag) => flag.start <= at && at < flag.end)) return false;
  }
  return true;
}

const around = (text: string, { start, end }: Flag): string =>
  `${text.slice(Math.max(0, start - 25), start)}«${text.slice(start, end)}»${text.slice(end, end + 15)}`.replace(
    /\s+/g,
    ' ',
  );

/** Rows of the table: touched and covered, also by type. */
export function goalsOf(
  name: string,
  tally: Tally,
  wanted: { touched?: number; covered?: number; clean?: number } = {},
): Goal[] {
  return [
    {
      what: `${name}: touched`,
      ...percent(tally.touched, tally.spans),
      ...(wanted.touched && { atLeast: wanted.touched }),
    },
    {
      what: `${name}: fully covered`,
      ...percent(tally.covered, tally.spans),
      ...(wanted.covered && { atLeast: wanted.covered }),
    },
    ...[...tally.byType].flatMap(([type, { spans, touched, covered }]) => [
      { what: `  ${type} touched`, ...percent(touched, spans) },
      { what: `  ${type} fully covered`, ...percent(covered, spans) },
    ]),
    ...(tally.clean > 0
      ? [
          {
            what: `${name}: clean texts flagged`,
            ...percent(tally.cleanFlagged, tally.clean),
            ...(wanted.clean && { atMost: wanted.clean }),
          },
        ]
      : []),
    {
      what: `${name}: flags off any span`,
      value: (1000 * tally.off) / tally.words,
      unit: ' per 1,000 words',
    },
  ];
}
