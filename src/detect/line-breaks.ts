import type { Hit } from '../model/finding.ts';
import type { LineBreak, Passage } from '../model/passage.ts';
import type { Detector } from './detector.ts';
import { mergeHits } from './merge.ts';

/** Lines of one text, put together without their breaks. */
export interface JoinedLines {
  readonly text: string;
  readonly breaks: readonly LineBreak[];
  /** What each line gives to the text: all of it, but for the hyphen that breaks a word. */
  readonly lines: readonly string[];
}

/** Detectors whose hits are whole by nature: a known identifier's every letter, an encoded block to its last line. */
const EXACT = new Set(['known', 'encoded-text']);

/**
 * Lines break inside words and numbers (`Pember` / `ton`, `555-` / `0166`): the text once more without its breaks, and
 * without the hyphens that divide words there.
 */
export function joinLines(lines: readonly string[]): JoinedLines {
  const breaks: LineBreak[] = [];
  let [text, at] = ['', 0];
  const kept = lines.map((line, index) => {
    const isLast = index === lines.length - 1;
    const hyphen = !isLast && /\p{L}-$/u.test(line);
    const part = hyphen ? line.slice(0, -1) : line;
    text += part;
    at += codePoints(part);
    if (!isLast) breaks.push({ at, hyphen });
    return part;
  });
  return { text, breaks, lines: kept };
}

/**
 * What the detectors find in joined lines that reaches over a break and needs both of its sides. Patterns are greedy:
 * where the lines by themselves show a hit already (`Dr. Roe` / `Positive for`), the word beyond the break is none of it,
 * unless a hyphen says that it goes on.
 */
export function hitsOverBreaks(detectors: readonly Detector[], passage: Passage): Hit[] {
  const { breaks = [] } = passage.hints;
  const crossedBy = ({ start, end }: Pick<Hit, 'start' | 'end'>): LineBreak[] =>
    breaks.filter(({ at }) => start < at && at < end);
  const over = detectors
    .flatMap((detector) => detector.detect(passage))
    .filter((hit) => crossedBy(hit).length > 0);
  const isGreedy = (hit: Hit): boolean =>
    !EXACT.has(hit.detector) && crossedBy(hit).some(({ hyphen }) => !hyphen);
  if (!over.some(isGreedy)) return mergeHits(over);
  const inLines = hitsInLines(detectors, passage, breaks).filter((hit) => crossedBy(hit).length === 0);
  return mergeHits(
    over.filter(
      (hit) => !isGreedy(hit) || !inLines.some(({ start, end }) => start < hit.end && hit.start < end),
    ),
  );
}

/** Hits in the lines with their breaks put back, by their places in the joined text. */
function hitsInLines(
  detectors: readonly Detector[],
  passage: Passage,
  breaks: readonly LineBreak[],
): { start: number; end: number }[] {
  const points = [...passage.text];
  const joinedAt: number[] = [];
  let [text, from] = ['', 0];
  for (const { at, hyphen } of [...breaks, { at: points.length, hyphen: false }]) {
    for (; from < at; from++) {
      text += points[from];
      joinedAt.push(from);
    }
    text += hyphen ? '-\n' : '\n';
    joinedAt.push(...(hyphen ? [at, at] : [at]));
  }
  const { breaks: _, ...hints } = passage.hints;
  return detectors
    .flatMap((detector) => detector.detect({ ...passage, text, hints }))
    .map(({ start, end }) => ({ start: joinedAt[start] ?? 0, end: joinedAt[end] ?? points.length }));
}

/** Characters of a text as spans count them. */
function codePoints(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
