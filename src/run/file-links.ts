import type { Detector } from '../detect/detector.ts';
import { isSureName, NamesOfFile, namingWords } from '../detect/links/names-of-file.ts';
import { isDatePlace, isNumericPlace } from '../detect/places.ts';
import { codePointSlicer, Ranges } from '../detect/spans.ts';
import type { Hit } from '../model/finding.ts';
import type { Locus, Passage } from '../model/passage.ts';

/** A passage that was searched, kept until all names of its file are known. */
interface Searched {
  readonly passage: Passage;
  readonly part: number | undefined;
  readonly hits: readonly Pick<Hit, 'start' | 'end'>[];
}

/** Characters of passages that are kept; what comes before is searched for the names that are known by then. */
const KEPT_CHARACTERS = 64 << 20;

/** A word of four letters: shorter ones are looked for nowhere. */
const MAY_HOLD_NAME = /\p{L}{4}/u;

/** Looks for the names of one file, wherever they were found, in all of its passages. */
export class FileLinks {
  readonly names = new NamesOfFile();
  #searched: Searched[] = [];
  #characters = 0;

  /** Takes in the sure names among hits in a text. */
  learn(text: string, hits: readonly Hit[]): void {
    const sure = hits.filter(isSureName);
    if (sure.length === 0) return;
    const slice = codePointSlicer(text);
    for (const { start, end } of sure) this.names.learn(slice(start, end));
  }

  /** Takes in a passage with what was found there, in the order of the text and merged. True where it is time to `search` what is kept. */
  keep(passage: Passage, part: number | undefined, hits: readonly Hit[]): boolean {
    const { text, hints } = passage;
    if (isNumericPlace(hints) || isDatePlace(hints) || !MAY_HOLD_NAME.test(text)) return false;
    this.#searched.push({ passage, part, hits });
    this.#characters += text.length;
    return this.#characters > KEPT_CHARACTERS;
  }

  /** What `find` finds in the kept passages where nothing else was found, and lets them go. */
  *search(
    find: (passage: Passage) => readonly Hit[],
  ): Generator<{ readonly hit: Hit; readonly passage: Passage; readonly part: number | undefined }> {
    const searched = this.#searched;
    this.#searched = [];
    this.#characters = 0;
    if (this.names.isEmpty) return;
    for (const { passage, part, hits } of searched) {
      const found = new Ranges(hits);
      for (const hit of find(passage)) {
        if (!found.touch(hit)) yield { hit, passage, part };
      }
    }
  }
}

/**
 * Hits of `finders` in passages of an original that are no longer in the file: names that masking took out of one place
 * are looked for in all others. A text that is still in its place, whatever else was taken out of it, shows its names to the
 * audit itself: it is asked only where a word is gone that may be of a name, whatever stands there instead, or where the file
 * has other places than the original.
 */
export function* changedSince(
  originals: readonly Passage[],
  staged: readonly Passage[],
  samePlaces: boolean,
  finders: readonly Detector[],
): Generator<{ readonly text: string; readonly hits: readonly Hit[] }> {
  const texts = new Set(staged.map(({ text }) => text));
  const left = new Map<Locus, string>();
  if (samePlaces) for (const { locus, text } of staged) left.set(locus, `${left.get(locus) ?? ''} ${text}`);
  for (const passage of originals) {
    if (passage.hints.breaks !== undefined || !MAY_HOLD_NAME.test(passage.text)) continue;
    if (texts.has(passage.text) || showsNames(left.get(passage.locus), passage)) continue;
    texts.add(passage.text);
    yield { text: passage.text, hits: finders.flatMap((finder) => finder.detect(passage)) };
  }
}

/**
 * Whether what is left in a place has all words of the original that may be of a name. What a place made for identifiers has
 * lost is known from there.
 */
function showsNames(left: string | undefined, original: Passage): boolean {
  if (left === undefined) return false;
  const { hints, text } = original;
  return hints.typed !== undefined || namingWords(text, (word) => left.includes(word)).length === 0;
}
