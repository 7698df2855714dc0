import type { HipaaCategory } from '../model/category.ts';
import { SHAPES, UNIT } from './rule.ts';

/** A stretch of a text, in UTF-16 offsets. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What may stand between two values told under one label: `, `, ` and `, ` / `, a remark in parentheses, a new bullet. */
const BETWEEN =
  /["'”’)\]]{0,2}(?: ?\([^()\d\n]{1,24}\))?(?: ?[,;/|&+]|,? (?:and|or|und|oder|et|ou|y|e|en)(?= )|\n[-*•](?= ))[ \n]?(?:(?:and|or|und|oder|et|ou|y|e|en) )?["'“‘([#]{0,2}/uy;
/** A telephone number, and no date: what follows a number in a line of a register is often when somebody was born. */
const PHONE = new RegExp(
  `(?!\\(?(?:(?:19|20)\\d{2}([-./])\\d{1,2}\\1\\d{1,2}|\\d{1,2}([-./])\\d{1,2}\\2(?:19|20)\\d{2})(?!\\d))${SHAPES.PHONE}`,
  'iuy',
);
/** A code that may follow a code of another shape: six digits or more, in groups or not; five after `and`. */
const LONG_CODE = new RegExp(`(?=(?:[A-Za-z ./-]{0,6}\\d){6})(?:${SHAPES.GROUPS}|${SHAPES.CODE})`, 'iuy');
const CODE = new RegExp(SHAPES.CODE, 'iuy');
const AND = /(?:and|or|und|oder|et|ou|y|e|en|&) ?$/iu;
const GOES_ON = new RegExp(`[\\p{L}\\p{N}_]|[.,/:-]\\d|[%°]| ?${UNIT}(?!\\p{L})`, 'iuy');
/** Categories whose values are told in lists, and of which a shape is left to compare. */
const LISTED = new Set<HipaaCategory>([...'DEGHIJKMR'] as HipaaCategory[]);
const MOST = 50;

/**
 * The further values of a list whose first stands at `first`: `MRNs 482913, 482914 and 482915`. Each has the first one's
 * shape, or six digits and more; telephone numbers any shape of theirs. UTF-16 offsets.
 */
export function furtherValues(text: string, first: Stretch, category: HipaaCategory): Stretch[] {
  if (!LISTED.has(category)) return [];
  const shape = runsOf(text.slice(first.start, first.end));
  if (shape.filter(({ kind }) => kind === 'digits').reduce((sum, { length }) => sum + length, 0) < 4)
    return [];
  const values: Stretch[] = [];
  let at = first.end;
  while (values.length < MOST) {
    const between = endOf(BETWEEN, text, at);
    if (between === undefined) break;
    const { start, end } = valueAt(text, at, between, shape, category);
    if (end === undefined || endOf(GOES_ON, text, end) !== undefined) break;
    values.push({ start, end });
    at = end;
  }
  return values;
}

/** The value after what stands `between` it and the one that ends at `at`; its end is undefined where there is none. */
function valueAt(
  text: string,
  at: number,
  between: number,
  shape: readonly Run[],
  category: HipaaCategory,
): { start: number; end: number | undefined } {
  if (category === 'D' || category === 'E') {
    // The parenthesis may be that of an area code.
    const start = text[between - 1] === '(' ? between - 1 : between;
    return { start, end: endOf(PHONE, text, start) };
  }
  const joined = AND.test(text.slice(at, between));
  const end = endOfShape(text, between, shape) ?? endOf(joined ? CODE : LONG_CODE, text, between);
  return { start: between, end: end ?? endOf(LONG_CODE, text, between) };
}

/** Where a match at an offset ends. */
function endOf(sticky: RegExp, text: string, at: number): number | undefined {
  sticky.lastIndex = at;
  return sticky.test(text) ? sticky.lastIndex : undefined;
}

interface Run {
  readonly kind: 'digits' | 'letters' | 'mark';
  readonly length: number;
  readonly text: string;
}

const kindOf = (char: string): Run['kind'] =>
  /\d/.test(char) ? 'digits' : /\p{L}/u.test(char) ? 'letters' : 'mark';

/** A value as runs of digits, of letters and single marks. */
const runsOf = (value: string): Run[] =>
  [...value.matchAll(/\d+|\p{L}+|[^\d\p{L}]/gu)].map(([text]) => ({
    kind: kindOf(text),
    length: text.length,
    text,
  }));

/** Where a value of this shape ends that begins at an offset: the same marks, as many letters, a digit more or less a run. */
function endOfShape(text: string, start: number, shape: readonly Run[]): number | undefined {
  let at = start;
  for (const { kind, length, text: mark } of shape) {
    if (kind === 'mark') {
      if (text[at] !== mark) return undefined;
      at += mark.length;
      continue;
    }
    const own = (kind === 'digits' ? /\d{0,24}/y : /\p{L}{0,24}/uy) as RegExp;
    const end = endOf(own, text, at) ?? at;
    const off = Math.abs(end - at - length);
    if (end === at || off > (kind === 'digits' && length > 4 ? 1 : 0)) return undefined;
    at = end;
  }
  return at;
}
