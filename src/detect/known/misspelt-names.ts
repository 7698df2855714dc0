import type { PassageHints } from '../../model/passage.ts';
import { isFirstName, surnameRank } from '../words.ts';
import { hasCue, isCapital } from './backing.ts';
import { distance } from './edit-distance.ts';
import { isExcluded } from './equipment.ts';
import { fold } from './fold.ts';
import type { Entry, Match } from './known-index.ts';
import { NearTable } from './near-table.ts';
import { isAuthor, isOtherBearer } from './other-bearers.ts';
import { isNoName } from './other-words.ts';
import { skeletonOf } from './skeleton.ts';

/** Letters that a name takes to be known with a letter wrong, where nothing beside it speaks for a name. */
const ALONE = 5;
/** Behind a title or a label, and beside the other name of the same person. */
const CUED = 4;
const BESIDE = 3;
const TWO_EDITS = 9;
const LONGEST = 24;
const JUDGED = 50_000;

const WORD = /[\p{L}\p{M}\p{Nd}]+/gu;
/** Letters with single bars among them. */
const BARRED = /(?<![\p{L}\p{M}\p{Nd}|])[\p{L}\p{M}\p{Nd}|]{2,40}(?![\p{L}\p{M}\p{Nd}|])/gu;
const isBarred = (run: string): boolean =>
  run.includes('|') && !run.includes('||') && /[\p{L}\p{Nd}]/u.test(run);
const GAP = /^(?:[\s,^._&+=/-]{1,4}|,?\s{1,12})$/;

interface Word {
  /** Letters and digits, folded. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether it is a word of the language, an eponym or a mere number: nobody's name misspelt. */
  readonly plain: boolean;
  /** Whether bars stand in it for letters. */
  readonly barred?: boolean;
  /** Whether it is a part of a longer word: it counts beside the person's other name alone. */
  readonly glued?: boolean;
}

interface Candidate {
  readonly entry: Entry;
  /** Letters inserted, left out, replaced or swapped; none where letters were only misread. */
  readonly edits: number;
}

/**
 * Names with one letter wrong, or two in a long one, and with letters that OCR confuses. What is a word of the language is
 * that word; a frequent name of its own is somebody else, unless the known person's other name stands beside it.
 */
export class MisspeltNames {
  readonly #entries = new Map<string, Entry>();
  readonly #pairs: (key: string) => Entry | undefined;
  #table: NearTable | undefined;
  #parts: readonly Entry[] = [];
  readonly #judged: Judged = new Map();
  readonly #seen = new Map<string, readonly Candidate[]>();

  /** `pairs`: the entry of a whole name by its key. */
  constructor(pairs: (key: string) => Entry | undefined) {
    this.#pairs = pairs;
  }

  add(entry: Entry): void {
    const { form, kind } = entry;
    const { key } = form;
    if (kind !== 'name' || form.shape !== 'words' || form.raw.length !== 1 || form.nickname) return;
    if (key.length < BESIDE || key.length > LONGEST || !/^\p{L}+$/u.test(key)) return;
    const other = this.#entries.get(key);
    if (other === undefined || (other.form.weak && !form.weak)) this.#entries.set(key, entry);
  }

  /** Misspelt names outside of what was found already. */
  find(
    text: string,
    covered: readonly Match[],
    hints: PassageHints | undefined,
    excluded: ReadonlySet<string> | undefined,
  ): Match[] {
    if (this.#entries.size === 0) return [];
    const found: Match[] = [];
    const words = wordsOf(text, this.#judged);
    for (const [i, word] of words.entries()) {
      if (word.plain || word.text.length < BESIDE || this.#entries.has(word.text)) continue;
      if (covered.some((match) => match.start <= word.start && word.end <= match.end)) continue;
      const candidates = this.#near(word.text).filter(({ entry }) => !isExcluded(entry, excluded));
      if (candidates.length === 0) continue;
      const beside = this.#beside(text, words, i, candidates);
      if (beside !== undefined) found.push({ ...beside, misspelt: true });
      else if (!word.glued) {
        const candidate = candidates.find((each) => isTold(each, text, word, hints));
        if (candidate)
          found.push({ start: word.start, end: word.end, entry: candidate.entry, misspelt: true });
      }
    }
    return found;
  }

  #near(word: string): readonly Candidate[] {
    const seen = this.#seen.get(word);
    if (seen !== undefined) return seen;
    if (this.#table === undefined) {
      this.#parts = [...this.#entries.values()];
      this.#table = new NearTable(
        this.#parts.map(({ form }) => form.key),
        (length) => (length >= TWO_EDITS ? 2 : 1),
      );
    }
    const skeleton = skeletonOf(word);
    const candidates: Candidate[] = [];
    for (const at of this.#table.near(word)) {
      const entry = this.#parts[at];
      if (entry === undefined) continue;
      const { key } = entry.form;
      const most = key.length >= TWO_EDITS ? 2 : 1;
      const edits = Math.min(distance(key, word, most), distance(skeletonOf(key), skeleton, most));
      if (edits <= most) candidates.push({ entry, edits });
    }
    candidates.sort((a, b) => a.edits - b.edits);
    if (this.#seen.size > 50_000) this.#seen.clear();
    this.#seen.set(word, candidates);
    return candidates;
  }

  /** With the person's other name, right or misspelt too, just before or after. */
  #beside(
    text: string,
    words: readonly Word[],
    i: number,
    candidates: readonly Candidate[],
  ): Match | undefined {
    const word = words[i] as Word;
    for (const step of [-1, 1]) {
      const other = words[i + step];
      if (other === undefined) continue;
      const [first, last] = step < 0 ? [other, word] : [word, other];
      const gap = text.slice(first.end, last.start);
      if (!GAP.test(gap) && !(gap === '' && first.glued && last.glued)) continue;
      const keys = [
        other.text,
        ...(other.plain ? [] : this.#near(other.text).map(({ entry }) => entry.form.key)),
      ];
      for (const { entry } of candidates) {
        for (const key of keys) {
          const pair = this.#pairs(entry.form.key + key) ?? this.#pairs(key + entry.form.key);
          if (pair === undefined || pair.form.apart || key.length < 2) continue;
          if (pair.form.capitals && !(isCapital(text, first.start) && isCapital(text, last.start))) continue;
          return { start: first.start, end: last.end, entry: pair };
        }
      }
    }
    return undefined;
  }
}

/** Whether a misspelt name counts by itself: long enough, no other frequent name, or behind a title. */
function isTold(
  { entry, edits }: Candidate,
  text: string,
  word: Word,
  hints: PassageHints | undefined,
): boolean {
  const { form } = entry;
  const { length } = form.key;
  if (length < CUED || isAuthor(text, [word])) return false;
  const capital = isCapital(text, word.start) || /\p{Lu}/u.test(text.slice(word.start, word.end));
  const typed = hints?.typed === 'A';
  if (typed || hasCue('name', text.slice(Math.max(0, word.start - 24), word.start), capital)) {
    return edits === 0 || !isSomebodyElse(word.text, form.key);
  }
  const isMisread = edits === 0 && /[\d|]/.test(word.text);
  if (
    form.weak ||
    length < (isMisread ? CUED : ALONE) ||
    word.text.length < ALONE - 1 ||
    (word.barred && edits > 0)
  )
    return false;
  if (form.capitals && !(capital && length > ALONE)) return false;
  if (edits === 0) return isMisread || capital || length > ALONE;
  if (/\d/.test(word.text) || isSomebodyElse(word.text, form.key)) return false;
  // GERD, WOMAC: what is short and in capitals is an abbreviation sooner.
  if (word.text.length <= ALONE && /^\p{Lu}+$/u.test(text.slice(word.start, word.end))) return false;
  return capital ? isNameLike(text, word) : differsInFirst(word.text, form.key, edits);
}

/** A letter wrong at the beginning may have taken the capital with it. */
function differsInFirst(word: string, key: string, edits: number): boolean {
  const [rest, known] = [word.slice(1), key.slice(1)];
  return [distance(rest, known, edits), distance(word, known, edits), distance(rest, key, edits)].some(
    (more) => more < edits,
  );
}

/** Of a misspelt name nothing is known. */
const STRANGER = { family: false, given: false, isWhole: () => false };

/** A determiner or a number before a word, and an instrument after it, are no company of names. */
function isNameLike(text: string, word: Word): boolean {
  const before = text.slice(Math.max(0, word.start - 16), word.start);
  return (
    !/(?:(?<!\p{L})(?:an?|the|this|that|using|running|interrupted)|\d) {1,2}$|\p{L}-$/iu.test(before) &&
    !isOtherBearer(word.text, text, [{ ...word, digits: false }], STRANGER)
  );
}

/** A name that more people have than have the known one. */
function isSomebodyElse(word: string, known: string): boolean {
  return isFirstName(word) || surnameRank(word) < surnameRank(known);
}

/** The same words come again and again. */
type Judged = Map<string, Pick<Word, 'text' | 'plain'>>;

function wordsOf(text: string, judged: Judged): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const [raw] = match;
    words.push(wordOf(raw, match.index, judged));
    // `KevenjBell`: a letter stands for the space.
    if (!CAMEL.test(raw)) continue;
    let at = match.index;
    for (const part of raw.split(CAMEL)) {
      words.push({ ...wordOf(part, at, judged), glued: true });
      at += part.length;
    }
  }
  // A bar is a letter here and there, and the end of a field elsewhere.
  if (text.includes('|'))
    for (const match of text.matchAll(BARRED))
      if (isBarred(match[0])) words.push({ ...wordOf(match[0], match.index, judged), barred: true });
  return words;
}

const CAMEL = /(?<=\p{Ll})(?=\p{Lu}\p{Ll})/u;

function wordOf(raw: string, start: number, judged: Judged): Word {
  let word = judged.get(raw);
  if (word === undefined) {
    if (judged.size > JUDGED) judged.clear();
    word = judge(raw);
    judged.set(raw, word);
  }
  return { text: word.text, plain: word.plain, start, end: start + raw.length };
}

function judge(raw: string): Pick<Word, 'text' | 'plain'> {
  const text = fold(raw);
  const letters = text.replace(/[^\p{L}]/gu, '');
  const plain =
    letters.length < 2 ||
    text.length > LONGEST + 2 ||
    letters.length * 2 < text.length ||
    (letters.length === text.length && isNoName(text));
  return { text, plain };
}
