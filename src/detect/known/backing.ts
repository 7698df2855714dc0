import type { HipaaCategory } from '../../model/category.ts';
import type { PassageHints } from '../../model/passage.ts';
import type { KnownKind } from '../detector.ts';
import { isNumericPlace } from '../places.ts';
import type { Token } from './fold.ts';
import { isCodeGap } from './gaps.ts';
import type { Entry } from './known-index.ts';

const CUES: Readonly<Record<string, RegExp>> = {
  name: /(?:\b(?:dr|mr|mrs|ms|miss|prof|pt|pcp|sra|mme|mlle|dhr|mevr|dra)\b[.:,]?\s*|\b(?:patient|name|named|by|signed|physician|doctor|surgeon|mother|father|wife|husband|son|daughter|brother|sister|spouse|operator|technologist|attending|resident|nurse|consultant|contact|provider|told|spoke (?:to|with)|(?:seen|discussed) with|herr|frau|señora?|madame|monsieur|signora?)\b[:,]?\s*|(?:name|surname|first|last|family|given|vorname|nombre|apellidos?|nom|prénom|cognome|user)["']?\s?[:=>]\s?["']?|\^)$/iu,
  id: /(?:\b(?:mrn|id|pid|no|nr|number|num|acc|accession|account|acct|case|visit|encounter|record|chart|patient|order|study|specimen|room|bed|ward|provider)\b[\s.:#=]*|#\s*)$/i,
  other: /\b(?:ward|room|rm|bed|bay|id|no|number|code)\b[\s.:#=]*$/i,
  address:
    /\b(?:address|city|county|town|zip|postal|lives?|living|resid\w+|resides|from|street|home|located|in|near|moved to)\b[\s:,]*$/i,
};

/** A weak value is backed by the type of its place, by its label or by a cue just before it. */
export function hasBacking(
  entry: Entry,
  text: string,
  runs: readonly Token[],
  hints: PassageHints | undefined,
): boolean {
  if (hints?.typed !== undefined) return entry.form.key.length > 1 && areAkin(hints.typed, entry.category);
  if (entry.form.key.length < 2) return false;
  const first = runs[0] as Token;
  const before = text.slice(Math.max(0, first.start - 24), first.start);
  const capital = first.digits || entry.kind === 'id' || isCapital(text, first.start);
  if (entry.kind === 'name') return hasCue('name', before, capital);
  return capital && hasCue(entry.kind, before, true);
}

/** A title before a name says who it is, in any letter case. */
const TITLE = /(?<!\p{L})(?:dr|mrs|prof|doctor|mr|ms|miss|herr|frau|mme|señora?|signora?)\b\.? {0,2}$/iu;

/** A label that asks for a name. */
const LABEL =
  /(?:name|surname|vorname|apellidos?|nombre|prénom|cognome|patient|physician)["']?\s?[:=>]\s?["']?$/iu;

/** Whether a cue stands just before; a word in small letters needs a title or a label. */
export function hasCue(kind: KnownKind, before: string, capital: boolean): boolean {
  const cue = CUES[kind] ?? CUES.id;
  if (cue === undefined) return false;
  return capital ? cue.test(before) : kind === 'name' && (TITLE.test(before) || LABEL.test(before));
}

/** Record, plan, account and licence numbers and codes stand in one another's places; names, places and dates do not. */
const NUMBERS: ReadonlySet<HipaaCategory> = new Set(['G', 'H', 'I', 'J', 'K', 'L', 'M', 'R']);

/** Whether an identifier of that category stands in a place for this one. */
export const isAkin = (typed: HipaaCategory | undefined, category: HipaaCategory): boolean =>
  typed !== undefined && areAkin(typed, category);

const areAkin = (typed: HipaaCategory, category: HipaaCategory): boolean =>
  typed === category || (NUMBERS.has(typed) && NUMBERS.has(category));

/** Whether the letter at this place is no small one. */
export const isCapital = (text: string, at: number): boolean => {
  const letter = text[at] ?? '';
  return letter !== letter.toLowerCase() || letter.toUpperCase() === letter;
};

/** Units of measurement after a number. */
const UNIT =
  /^[ -]?(?:(?:[mµμunp]?c?g|[kmdµμuf]l|[mcnµμu]m3?|(?:[mkµμu])?iu|units?|[mµμu]?eq|[mµμunp]?mol|cells|copies|cfu|mm ?hg|bpm|[kmg]bq|mci|m?gy|msv|hu|msec|ms|[km]?hz|kpa)(?![\p{L}\p{N}])|%|[ugl]\/|\/ ?(?:[mdµμu]?l|mm3|cmm|hpf|lpf|cu|min|hr?|kg)(?![\p{L}\p{N}])|[x×] ?10)/iu;

/** Numbers stand alone: not in a longer number, not as a part of a decimal, not made of a list's numbers. */
export function isWholeCode(
  key: string,
  kind: KnownKind,
  text: string,
  runs: readonly Token[],
  hints: PassageHints | undefined,
): boolean {
  const start = (runs[0] as Token).start;
  const end = (runs[runs.length - 1] as Token).end;
  const isNumber = /^\d+$/.test(key);
  const isShort = isNumber && key.length < 8;
  if (isShort && hints && isNumericPlace(hints)) return false;
  if (isShort && kind !== 'phone' && UNIT.test(text.slice(end, end + 16))) return false;
  if (isShort && (/\d\.$/.test(text.slice(start - 2, start)) || /^\.\d/.test(text.slice(end, end + 2)))) {
    return false;
  }
  if (!standsAlone(text, start, end, key.length)) return false;
  return runs.every((run, i) => {
    const next = runs[i + 1];
    if (next === undefined) return true;
    const gap = text.slice(run.end, next.start);
    if (gap === '') return true;
    if (!isCodeGap(gap, key.length >= 7)) return false;
    if (gap.includes('.') && isShort && kind !== 'phone') return false;
    return key.length >= 6 || !isNumber;
  });
}

/** Letters may touch a number of six characters or more (`MRN482913`), unless they make a long code of another kind. */
function standsAlone(text: string, start: number, end: number, length: number): boolean {
  const before = /[\p{L}\p{N}]{0,24}$/u.exec(text.slice(Math.max(0, start - 24), start))?.[0] ?? '';
  const after = /^[\p{L}\p{N}]*/u.exec(text.slice(end, end + 24))?.[0] ?? '';
  if (before === '' && after === '') return true;
  if (/\p{N}/u.test(before + after)) return false;
  return length >= 6 && before.length + after.length < 12;
}
