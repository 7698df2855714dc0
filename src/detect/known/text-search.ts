import type { PassageHints } from '../../model/passage.ts';
import { isNumericPlace } from '../places.ts';
import { isWellKnownUid } from '../uid-roots.ts';
import { hasBacking, hasCue, isCapital, isWholeCode } from './backing.ts';
import { BrokenNames } from './broken-names.ts';
import { readDates } from './dates.ts';
import { isExcluded } from './equipment.ts';
import { fold, isIdeographic, type Token, tokenise } from './fold.ts';
import type { Form } from './forms.ts';
import { isCodeGap, isWordGap, plainGap } from './gaps.ts';
import { Initials, isInitialApart } from './initials.ts';
import type { Entry, Match } from './known-index.ts';
import { MisreadCodes } from './misread-codes.ts';
import { MisspeltNames } from './misspelt-names.ts';
import { isCalledAfter, isEvidentName } from './namesakes.ts';
import { isAuthor, isOtherBearer, isOtherPerson } from './other-bearers.ts';
import { isOtherWord } from './other-words.ts';
import { spelledOut } from './spelled-out.ts';
import { isTransliterable, transliterate, WAYS } from './transliteration.ts';
import { unescapeText } from './unescape.ts';

export interface MatchSearch {
  readonly dates: 'find' | 'skip';
  readonly hints?: PassageHints;
  readonly excluded?: ReadonlySet<string>;
  /** In raw bytes: forms that need no sentence around them, spelled as they are known. */
  readonly strongOnly?: boolean;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Numbers shorter than this are codes where codes stand, and two numbers where lines were joined. */
const SHORT_NUMBER = 6;
/** Digits that a number takes to be known spelled out. */
const SPELLED_NUMBER = 7;
const MAX_RUNS = 12;
const MAX_CODE_RUNS = 6;
const UID = /(?<![\d.])\d+(?:\.\d+){3,}(?![\d.]*\d)/g;

/** The forms of known identifiers that stand in texts, and how they are found there. */
export class TextSearch {
  readonly #entries = new Map<string, Entry>();
  /** Family names with initials: `Roe, J.`. */
  readonly #apart = new Map<string, Entry>();
  readonly #prefixes = new Set<string>();
  readonly #ideographic = new Set<number>();
  readonly #families = new Set<string>();
  readonly #givens = new Set<string>();
  readonly #uids = new Map<string, Entry>();
  readonly #dates = new Map<number, Entry>();
  readonly #broken = new BrokenNames((key) => this.#entries.get(key));
  readonly #misspelt = new MisspeltNames((key) => this.#entries.get(key));
  readonly #misread = new MisreadCodes();
  readonly #initials = new Initials();

  constructor(entries: Iterable<Entry>) {
    for (const entry of entries) this.#add(entry);
  }

  /** Number of forms that are searched. */
  get size(): number {
    return this.#entries.size + this.#apart.size + this.#uids.size + this.#dates.size;
  }

  /** Every form, each once. */
  *entries(): Generator<Entry> {
    yield* this.#entries.values();
    yield* this.#apart.values();
    yield* this.#uids.values();
    yield* this.#dates.values();
  }

  #add(entry: Entry): void {
    const { form } = entry;
    if (form.shape === 'uid') this.#uids.set(form.key, entry);
    else if (form.shape === 'date') this.#dates.set(Number(form.key), entry);
    else {
      const forms = form.apart ? this.#apart : this.#entries;
      const other = forms.get(form.key);
      if (other === undefined || outranks(entry, other)) forms.set(form.key, entry);
      addPrefixes(form, this.#prefixes);
      if (isIdeographic(form.key)) this.#ideographic.add(form.key.length);
      if (form.part === 'family') this.#families.add(form.key);
      if (form.part === 'given') this.#givens.add(form.key);
      this.#broken.add(entry);
      this.#misspelt.add(entry);
      this.#misread.add(entry);
      this.#initials.add(form);
    }
  }

  /** Matches in a text, and in what its escapes and tags stand for: UTF-16 offsets. */
  matches(text: string, search: MatchSearch): Match[] {
    const found = this.#matchesIn(text, search);
    const seen = search.strongOnly ? undefined : unescapeText(text);
    if (seen === undefined) return found;
    for (const match of this.#matchesIn(seen.text, search)) {
      const [start, end] = [seen.start(match.start), seen.end(match.end)];
      if (!found.some((other) => other.start <= start && end <= other.end))
        found.push({ ...match, start, end });
    }
    return found;
  }

  #matchesIn(text: string, search: MatchSearch): Match[] {
    const found: Match[] = [];
    const skipped: Range[] = [];
    if (text.includes('.')) this.#matchUids(text, found, skipped);
    if (this.#dates.size > 0 && search.dates === 'find') this.#matchDates(text, search, found);
    if (this.#entries.size > 0) this.#matchEntries(text, search, skipped, found);
    return found;
  }

  #matchUids(text: string, found: Match[], skipped: Range[]): void {
    for (const match of text.matchAll(UID)) {
      const span = { start: match.index, end: match.index + match[0].length };
      if (isWellKnownUid(match[0])) skipped.push(span);
      const entry = this.#uids.get(match[0]);
      if (entry) found.push({ ...span, entry });
    }
  }

  #matchDates(text: string, { hints }: MatchSearch, found: Match[]): void {
    if (hints && isNumericPlace(hints)) return;
    for (const { start, end, days } of readDates(text)) {
      const entry = days.map((day) => this.#dates.get(day)).find((known) => known !== undefined);
      if (entry) found.push({ start, end, entry });
    }
  }

  #matchEntries(text: string, search: MatchSearch, skipped: readonly Range[], found: Match[]): void {
    const tokens = tokenise(text);
    let covered = 0;
    for (const [i, token] of tokens.entries()) {
      if (skipped.some((range) => range.start <= token.start && token.end <= range.end)) continue;
      if (this.#ideographic.size > 0 && isIdeographic(token.text))
        this.#matchIdeographs(text, token, search, found);
      let match = this.#longestAt(text, tokens, i, search);
      // Inside a match, only what reaches beyond it is news.
      if (match === undefined && token.start >= covered && !search.strongOnly)
        match =
          this.#transliterated(text, tokens, i, search) ??
          // Where lines were joined, the word around a name is two words.
          (search.hints?.breaks === undefined
            ? this.#broken.gluedAt(text, token, search.excluded)
            : undefined) ??
          this.#broken.splitAt(text, tokens, i, search.excluded);
      if (match === undefined || match.end <= covered) continue;
      match = this.#initials.extend(text, match);
      covered = match.end;
      found.push(match);
    }
    if (search.strongOnly) return;
    for (const match of this.#spelledOut(text, search)) found.push(match);
    for (const match of this.#misread.find(text, found, search.hints, search.excluded)) found.push(match);
    // Where lines were joined, two words that touch are no misspelling.
    if (search.hints?.breaks === undefined)
      for (const match of this.#misspelt.find(text, found, search.hints, search.excluded)) found.push(match);
  }

  /** The longest form that begins with token `i`. */
  #longestAt(text: string, tokens: readonly Token[], i: number, search: MatchSearch): Match | undefined {
    let key = '';
    let best: Match | undefined;
    let endsSentence = false;
    for (let n = 1; n <= MAX_RUNS && i + n <= tokens.length; n++) {
      const token = tokens[i + n - 1] as Token;
      if (n > 1) {
        const last = tokens[i + n - 2] as Token;
        const gap = text.slice(last.end, token.start);
        if (!isWordGap(gap) && !(token.digits && isCodeGap(gap, true))) break;
        endsSentence ||= /^\.\s/.test(gap) && last.text.length > 2;
      }
      key += token.text;
      const runs = tokens.slice(i, i + n);
      const zeros = n === 1 && token.digits ? this.#withoutZeros(key) : undefined;
      for (const entry of [this.#entries.get(key) ?? zeros, this.#apart.get(key)]) {
        if (entry === undefined || (endsSentence && entry.kind === 'name')) continue;
        if (!this.#counts(entry, text, runs, search)) continue;
        best = { start: (tokens[i] as Token).start, end: token.end, entry };
        break;
      }
      const digitsGoOn = token.digits && tokens[i + n]?.digits === true && n < MAX_CODE_RUNS;
      if (!digitsGoOn && !this.#prefixes.has(key)) break;
    }
    return best;
  }

  /** A number that has zeros before it which its known form lacks. */
  #withoutZeros(key: string): Entry | undefined {
    const bare = /^0{1,8}([1-9]\d{5,})$/.exec(key)?.[1];
    return bare === undefined ? undefined : this.#entries.get(bare);
  }

  /** Names in Cyrillic or Greek whose Latin spelling is known. */
  #transliterated(text: string, tokens: readonly Token[], i: number, search: MatchSearch): Match | undefined {
    const token = tokens[i] as Token;
    const written = text.slice(token.start, token.end);
    if (!isTransliterable(written)) return undefined;
    for (const way of WAYS) {
      const entry = this.#entries.get(fold(transliterate(written, way)));
      if (entry?.kind !== 'name' || entry.form.weak || isExcluded(entry, search.excluded)) continue;
      return { start: token.start, end: token.end, entry };
    }
    return undefined;
  }

  #spelledOut(text: string, search: MatchSearch): Match[] {
    const found = spelledOut(text, (key) => {
      const entry = this.#entries.get(key);
      if (entry === undefined || entry.form.weak || isExcluded(entry, search.excluded)) return undefined;
      if (/\d/.test(key)) return key.length >= SPELLED_NUMBER ? entry : undefined;
      return entry.kind === 'name' ? entry : undefined;
    });
    return found.map(({ start, end, value }) => ({ start, end, entry: value }));
  }

  /** Whether a form found with these runs is the identifier, or only looks like it. */
  #counts(entry: Entry, text: string, runs: readonly Token[], search: MatchSearch): boolean {
    const { form, kind } = entry;
    if (isExcluded(entry, search.excluded)) return false;
    // Bytes have no sentence around them that tells a name from the word it is.
    if (search.strongOnly && form.guise !== undefined) return false;
    if (form.weak && (search.strongOnly || !hasBacking(entry, text, runs, search.hints))) return false;
    if (form.shape === 'words') return this.#wordsCount(entry, text, runs, search);
    const isShortNumber = form.key.length < SHORT_NUMBER && /^\d+$/.test(form.key);
    if (isShortNumber && search.hints?.breaks !== undefined) return false;
    const { typed, codePlace } = search.hints ?? {};
    if (form.key.length < SHORT_NUMBER && codePlace && typed === undefined && isWhole(text, runs))
      return false;
    return isWholeCode(form.key, kind, text, runs, search.hints);
  }

  #wordsCount({ form, kind }: Entry, text: string, runs: readonly Token[], search: MatchSearch): boolean {
    if ((runs.length > 1 || form.apart) && !areRunsOf(form, runs)) return false;
    if (form.apart && runs.length > 1 && !isInitialApart(text, runs, form.capitals)) return false;
    if (search.hints?.typed !== undefined) return true;
    if (form.apart && runs.length === 1) return true;
    const isGlued = kind === 'name' && runs.length === 1 && form.raw.length > 1 && form.part === undefined;
    if (isGlued && isOtherWord(form.key)) return false;
    if (form.guise?.eponym && isCalledAfter(text, runs)) return false;
    if (form.guise?.opener && !form.weak) {
      if (!isEvidentName(text, runs)) return false;
    } else if (form.capitals && !form.weak && !isGlued && !areCapital(text, runs)) return false;
    if (kind !== 'name' || form.part === undefined || form.weak || search.strongOnly) return true;
    const { start } = runs[0] as Token;
    if (isAuthor(text, runs)) return false;
    const known = {
      family: this.#families.has(form.key),
      given: this.#givens.has(form.key),
      isWhole: (key: string) => this.#entries.has(key),
    };
    const isCued = hasCue('name', text.slice(Math.max(0, start - 32), start), isCapital(text, start));
    return !(isCued ? isOtherPerson : isOtherBearer)(form.key, text, runs, known);
  }

  #matchIdeographs(text: string, token: Token, search: MatchSearch, found: Match[]): void {
    const run = text.slice(token.start, token.end);
    for (let at = 0; at < run.length; at++) {
      for (const length of this.#ideographic) {
        const part = run.slice(at, at + length);
        if (part.length < length || part.length === run.length) continue;
        const entry = this.#entries.get(fold(part));
        if (entry && !entry.form.weak && !isExcluded(entry, search.excluded)) {
          found.push({ start: token.start + at, end: token.start + at + length, entry });
        }
      }
    }
  }
}

/** A strong form before a weak one, a name or number before what has no kind. */
function outranks(entry: Entry, other: Entry): boolean {
  if (entry.form.weak !== other.form.weak) return other.form.weak;
  if ((entry.form.nickname ?? false) !== (other.form.nickname ?? false)) return other.form.nickname === true;
  return other.kind === 'other' && entry.kind !== 'other';
}

function addPrefixes(form: Form, prefixes: Set<string>): void {
  let prefix = '';
  for (const run of form.raw.slice(0, -1)) {
    prefix += fold(run);
    prefixes.add(prefix);
  }
}

/** Whether the runs of a text are the words of a form, or some of them written together: `Vander Berg`. */
function areRunsOf(form: Form, runs: readonly Token[]): boolean {
  if (form.apart && runs.length === 1) return form.user === true;
  if (runs.length >= form.raw.length || form.apart) return runs.length === form.raw.length;
  const ends = new Set<number>();
  let end = 0;
  for (const word of form.raw) {
    end += fold(word).length;
    ends.add(end);
  }
  let at = 0;
  return runs.every((run) => {
    at += run.text.length;
    return ends.has(at);
  });
}

/**
 * Whether each word has a capital, or goes on behind a hyphen (`Min-jun`); or they are joined in the name of a file or a
 * user (`rose.bell`).
 */
function areCapital(text: string, runs: readonly Token[]): boolean {
  const isJoined = runs.length > 1 && isNameOfThing(text, runs);
  return runs.every((run, i) => {
    if (isJoined || /\p{Lu}/u.test(text.slice(run.start, run.end)) || isCapital(text, run.start)) return true;
    const last = runs[i - 1];
    return last !== undefined && last.text.length > 1 && plainGap(text.slice(last.end, run.start)) === '-';
  });
}

/** Whether words are parted by `_` or `.`, or by a hyphen in a path or address: `scans/bell-rose/IM1`. */
function isNameOfThing(text: string, runs: readonly Token[]): boolean {
  const gaps = runs.slice(1).map((run, i) => text.slice((runs[i] as Token).end, run.start));
  if (gaps.every((gap) => /^[._]$/.test(gap))) return true;
  const around = text.slice(Math.max(0, (runs[0] as Token).start - 1), (runs.at(-1) as Token).end + 1);
  return gaps.every((gap) => gap === '-') && /[/\\_.@]\p{L}|\p{L}[/\\_.@]$/u.test(around);
}

/** Whether a text is nothing but these runs. */
function isWhole(text: string, runs: readonly Token[]): boolean {
  const { start } = runs[0] as Token;
  const { end } = runs[runs.length - 1] as Token;
  return text.slice(0, start).trim() === '' && text.slice(end).trim() === '';
}
