import type { HipaaCategory } from '../../model/category.ts';
import type { Hit } from '../../model/finding.ts';
import type { Passage } from '../../model/passage.ts';
import type { Detector, KnownKind } from '../detector.ts';
import { explainHit } from '../explain.ts';
import { LruCache } from '../lru.ts';
import { placeholderRanges } from '../placeholders.ts';
import { isDatePlace, labelOf } from '../places.ts';
import { codePointOffsets, Ranges } from '../spans.ts';
import { type ByteHit, ByteSearch, type ByteSearchOptions } from './byte-search.ts';
import { excludedKeys } from './equipment.ts';
import type { Form } from './forms.ts';
import { type MatchSearch, TextSearch } from './text-search.ts';

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
  /** Not as it is known: with a letter or digit wrong, or misread by OCR. */
  readonly misspelt?: boolean;
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

const CACHED_LENGTH = 256;
const CACHE_ENTRIES = 20_000;
/** The frozen set of known identifiers: finds them in text and in raw bytes, in time linear in what is searched. */
export class KnownIndex {
  readonly #search: TextSearch;
  #bytes: ByteSearch | undefined;

  constructor(entries: Iterable<Entry>) {
    this.#search = new TextSearch(entries);
  }

  /** Number of forms that are searched. */
  get size(): number {
    return this.#search.size;
  }

  /** Finds known identifiers in passages: `known`, tier leak; misspelt ones are suspects. Weak ones count in typed or cued places alone. */
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
    for (const entry of this.#search.entries())
      if (!entry.form.weak && entry.form.guise === undefined && !isShortUser(entry)) yield entry;
  }

  /** Matches in a text: UTF-16 offsets. */
  matches(text: string, search: MatchSearch): Match[] {
    return this.#search.matches(text, search);
  }

  #detect({ text, hints }: Passage, options: KnownSearchOptions, excluded: ReadonlySet<string>): Hit[] {
    const dates =
      options.dates === 'kept' || (options.dates === 'expected' && isDatePlace(hints)) ? 'skip' : 'find';
    const matches = joinNames(this.matches(text, { dates, hints, excluded }));
    if (matches.length === 0) return [];
    const point = codePointOffsets(text);
    const placeholders = new Ranges(placeholderRanges(text));
    return matches
      .filter((span) => !placeholders.hold(span))
      .map(({ start, end, entry, misspelt }) => ({
        start: point(start),
        end: point(end),
        category: entry.category,
        detector: 'known',
        rule: misspelt ? `known.${entry.kind}.misspelt` : `known.${entry.kind}`,
        tier: misspelt ? 'suspect' : 'leak',
        confidence: misspelt ? 0.6 : entry.form.weak ? 0.8 : 0.99,
        ...(entry.form.weak && !misspelt && { explain: explainWeak(entry.kind) }),
      }));
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

/** A user name so short that bytes spell it by chance. */
const isShortUser = ({ form }: Entry): boolean => form.user === true && form.key.length < 8;
