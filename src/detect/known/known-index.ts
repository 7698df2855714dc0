import type { HipaaCategory } from '../../model/category.ts';
import type { Hit } from '../../model/finding.ts';
import type { Passage, PassageHints } from '../../model/passage.ts';
import type { Detector, KnownKind } from '../detector.ts';
import { explainHit } from '../explain.ts';
import { LruCache } from '../lru.ts';
import { placeholderRanges } from '../placeholders.ts';
import { isDatePlace, isNumericPlace, labelOf } from '../places.ts';
import { codePointOffsets } from '../spans.ts';
import { isWellKnownUid } from '../uid-roots.ts';
import { hasBacking, isCapital, isWholeCode } from './backing.ts';
import { BrokenNames } from './broken-names.ts';
import { type ByteHit, ByteSearch, type ByteSearchOptions } from './byte-search.ts';
import { readDates } from './dates.ts';
import { excludedKeys, isExcluded } from './equipment.ts';
import { fold, isIdeographic, type Token, tokenise } from './fold.ts';
import type { Form } from './forms.ts';
import { Initials, isInitialApart } from './initials.ts';
import { isCalledAfter, isEvidentName } from './namesakes.ts';

/** What a form of a known identifier stands for. */
export interface Entry {
  readonly category: HipaaCategory;
  readonly kind: KnownKind;
  readonly form: Form;
}

/** A known identifier in a text: UTF-16 offsets. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly entry: Entry;
}

export interface KnownSearchOptions {
  /**
   * `find` (default): dates of the known set are findings. `expected`: not in places made for dates, where a shifted
   * date may be somebody else's original. `kept`: nowhere.
   */
  readonly dates?: 'find' | 'expected' | 'kept';
  /** The file's own manufacturer, model, software version: a known value equal to one of these is not searched. */
  readonly exclude?: Iterable<string>;
}

/** Numbers shorter than this are codes where codes stand, and two numbers where lines were joined. */
const SHORT_NUMBER = 6;
const MAX_RUNS = 12;
const MAX_CODE_RUNS = 6;
const CACHED_LENGTH = 256;
const CACHE_ENTRIES = 20_000;
/** Between the words of a name or an address: separators of any format, or a line wrap. */
const WORD_GAP = /^(?:[\s\-._'’^,=&+/()@:#]{0,3}|\s{1,12})$/;
const UID = /(?<![\d.])\d+(?:\.\d+){3,}(?![\d.]*\d)/g;

/** The frozen set of known identifiers: finds them in text and in raw bytes, in time linear in what is searched. */
export class KnownIndex {
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #prefixes: ReadonlySet<string>;
  readonly #uids: ReadonlyMap<string, Entry>;
  readonly #dates: ReadonlyMap<number, Entry>;
  readonly #ideographic: ReadonlySet<number>;
  readonly #broken = new BrokenNames();
  readonly #initials = new Initials();
  #bytes: ByteSearch | undefined;

  constructor(entries: Iterable<Entry>) {
    const words = new Map<string, Entry>();
    const prefixes = new Set<string>();
    const uids = new Map<string, Entry>();
    const dates = new Map<number, Entry>();
    const ideographic = new Set<number>();
    for (const entry of entries) {
      const { form } = entry;
      if (form.shape === 'uid') uids.set(form.key, entry);
      else if (form.shape === 'date') dates.set(Number(form.key), entry);
      else {
        const other = words.get(form.key);
        if (other === undefined || outranks(entry, other)) words.set(form.key, entry);
        addPrefixes(form, prefixes);
        if (isIdeographic(form.key)) ideographic.add(form.key.length);
        this.#broken.add(entry);
        this.#initials.add(form);
      }
    }
    this.#entries = words;
    this.#prefixes = prefixes;
    this.#uids = uids;
    this.#dates = dates;
    this.#ideographic = ideographic;
  }

  /** Number of forms that are searched. */
  get size(): number {
    return this.#entries.size + this.#uids.size + this.#dates.size;
  }

  /** Finds known identifiers in passages: `known`, tier leak. Weak ones count in typed or cued places alone. */
  detector(options: KnownSearchOptions = {}): Detector {
    const excluded = excludedKeys(options.exclude);
    const cache = new LruCache<Hit[]>(CACHE_ENTRIES);
    return {
      id: 'known',
      detect: (passage) => {
        if (this.size === 0 || passage.text.length < 2) return [];
        if (passage.text.length > CACHED_LENGTH) return this.#detect(passage, options, excluded);
        const { typed, vr, dataType, codePlace, breaks } = passage.hints;
        const place = `${codePlace ? 'code' : ''}${breaks ? 'joined' : ''}`;
        const key = `${place}|${typed ?? ''}|${vr ?? ''}|${dataType ?? ''}|${labelOf(passage.hints)}|${passage.text}`;
        const seen = cache.get(key);
        if (seen !== undefined) return seen;
        const hits = this.#detect(passage, options, excluded);
        cache.set(key, hits);
        return hits;
      },
    };
  }

  /**
   * Finds strong known identifiers in the raw bytes of a file: ASCII, Latin-1, UTF-8 and UTF-16 of either order, case
   * ignored, whole words alone. Offsets in `bytes`.
   */
  searchBytes(bytes: Uint8Array, options: ByteSearchOptions): ByteHit[] {
    this.#bytes ??= new ByteSearch(this.#strongEntries(), (text, dates) =>
      this.matches(text, { dates, strongOnly: true }),
    );
    return this.#bytes.search(bytes, options, excludedKeys(options.exclude));
  }

  *#strongEntries(): Generator<Entry> {
    for (const entry of this.#entries.values())
      if (!entry.form.weak && entry.form.guise === undefined) yield entry;
    yield* this.#uids.values();
    yield* this.#dates.values();
  }

  #detect({ text, hints }: Passage, options: KnownSearchOptions, excluded: ReadonlySet<string>): Hit[] {
    const dates =
      options.dates === 'kept' || (options.dates === 'expected' && isDatePlace(hints)) ? 'skip' : 'find';
    const matches = joinNames(this.matches(text, { dates, hints, excluded }));
    if (matches.length === 0) return [];
    const point = codePointOffsets(text);
    const placeholders = placeholderRanges(text);
    return matches
      .filter(({ start, end }) => !placeholders.some((range) => range.start <= start && end <= range.end))
      .map(({ start, end, entry }) => ({
        start: point(start),
        end: point(end),
        category: entry.category,
        detector: 'known',
        rule: `known.${entry.kind}`,
        tier: 'leak',
        confidence: entry.form.weak ? 0.8 : 0.99,
        ...(entry.form.weak && { explain: explainWeak(entry.kind) }),
      }));
  }

  /** Matches in a text, longest first at each place; UTF-16 offsets. */
  matches(text: string, search: MatchSearch): Match[] {
    const found: Match[] = [];
    const skipped: { start: number; end: number }[] = [];
    if (text.includes('.')) this.#matchUids(text, found, skipped);
    if (this.#dates.size > 0 && search.dates === 'find') this.#matchDates(text, search, found);
    if (this.#entries.size > 0) this.#matchEntries(text, search, skipped, found);
    return found;
  }

  #matchUids(text: string, found: Match[], skipped: { start: number; end: number }[]): void {
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

  #matchEntries(
    text: string,
    search: MatchSearch,
    skipped: readonly { start: number; end: number }[],
    found: Match[],
  ): void {
    const tokens = tokenise(text);
    let covered = 0;
    for (const [i, token] of tokens.entries()) {
      if (skipped.some((range) => range.start <= token.start && token.end <= range.end)) continue;
      if (this.#ideographic.size > 0 && isIdeographic(token.text))
        this.#matchIdeographs(text, token, search, found);
      let match = this.#longestAt(text, tokens, i, search);
      // Inside a match, only what reaches beyond it is news.
      if (match === undefined && token.start >= covered)
        match =
          // Where lines were joined, the word around a name is two words.
          (search.hints?.breaks === undefined ? this.#broken.gluedAt(token, search.excluded) : undefined) ??
          this.#broken.splitAt(text, tokens, i, search.excluded);
      if (match === undefined || match.end <= covered) continue;
      match = this.#initials.extend(text, match);
      covered = match.end;
      found.push(match);
    }
    found.push(...this.#broken.spelledOut(text, tokens, search.excluded));
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
        if (!WORD_GAP.test(gap)) break;
        endsSentence ||= /^\.\s/.test(gap) && last.text.length > 2;
      }
      key += token.text;
      const entry = this.#entries.get(key);
      if (
        entry &&
        !(endsSentence && entry.kind === 'name') &&
        this.#counts(entry, text, tokens.slice(i, i + n), search)
      ) {
        best = { start: (tokens[i] as Token).start, end: token.end, entry };
      }
      const digitsGoOn = token.digits && tokens[i + n]?.digits === true && n < MAX_CODE_RUNS;
      if (!digitsGoOn && !this.#prefixes.has(key)) break;
    }
    return best;
  }

  /** Whether a form found with these runs is the identifier, or only looks like it. */
  #counts(entry: Entry, text: string, runs: readonly Token[], search: MatchSearch): boolean {
    const { form, kind } = entry;
    if (isExcluded(entry, search.excluded)) return false;
    // Bytes have no sentence around them that tells a name from the word it is.
    if (search.strongOnly && form.guise !== undefined) return false;
    if (form.weak && (search.strongOnly || !hasBacking(entry, text, runs, search.hints))) return false;
    if (form.shape === 'words') {
      if ((runs.length > 1 || form.apart) && runs.length !== form.raw.length) return false;
      if (form.apart && !isInitialApart(text, runs, form.capitals)) return false;
      if (search.hints?.typed !== undefined) return true;
      if (form.guise?.eponym && isCalledAfter(text, runs)) return false;
      if (form.guise?.opener && !form.weak) return isEvidentName(text, runs);
      return !form.capitals || form.weak || runs.every((run) => isCapital(text, run.start));
    }
    const isShortNumber = form.key.length < SHORT_NUMBER && /^\d+$/.test(form.key);
    if (isShortNumber && search.hints?.breaks !== undefined) return false;
    const { typed, codePlace } = search.hints ?? {};
    if (form.key.length < SHORT_NUMBER && codePlace && typed === undefined && isWhole(text, runs))
      return false;
    return isWholeCode(form.key, kind, text, runs, search.hints);
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

/** A form that is too short or too common to count by itself: its place, or a word beside it, backs it. */
const explainWeak = (kind: KnownKind): string =>
  `${explainHit({ detector: 'known', rule: `known.${kind}` })}; common or short, but its place or a word beside it speaks for it`;

/** One match for names that overlap: `carpenter philippa carpenter`. */
function joinNames(matches: readonly Match[]): readonly Match[] {
  const joined: Match[] = [];
  for (const match of matches) {
    const last = joined.at(-1);
    const areOne = last?.entry.kind === 'name' && match.entry.kind === 'name' && match.start < last.end;
    if (areOne && match.start >= last.start)
      joined[joined.length - 1] = { ...last, end: Math.max(last.end, match.end) };
    else joined.push(match);
  }
  return joined;
}

interface MatchSearch {
  readonly dates: 'find' | 'skip';
  readonly hints?: PassageHints;
  readonly excluded?: ReadonlySet<string>;
  readonly strongOnly?: boolean;
}

/** A strong form before a weak one, a name or number before what has no kind. */
function outranks(entry: Entry, other: Entry): boolean {
  if (entry.form.weak !== other.form.weak) return other.form.weak;
  return other.kind === 'other' && entry.kind !== 'other';
}

function addPrefixes(form: Form, prefixes: Set<string>): void {
  let prefix = '';
  for (const run of form.raw.slice(0, -1)) {
    prefix += fold(run);
    prefixes.add(prefix);
  }
}

/** Whether a text is nothing but these runs. */
function isWhole(text: string, runs: readonly Token[]): boolean {
  const { start } = runs[0] as Token;
  const { end } = runs[runs.length - 1] as Token;
  return text.slice(0, start).trim() === '' && text.slice(end).trim() === '';
}
