import { isStaged } from '../words.ts';
import { isCapital } from './backing.ts';
import { fold, type Token } from './fold.ts';
import type { Form } from './forms.ts';
import type { Match } from './known-index.ts';

/** Two initials before a name; the last is the nearer one. */
const BEFORE = /(?<![\p{L}\p{N}.-])(\p{Lu})\. ?(?:\p{Lu}\. ?)?$/u;
/** `, D.M.`, `,DM`, ` D.M.`, `, D`. */
const AFTER = /^(?:, ?| )(\p{Lu})\. ?\p{Lu}\.?(?![\p{L}\p{N}-])|^, ?(\p{Lu})\p{Lu}?(?![\p{L}\p{N}-])/u;
/** What goes on after a name and its initial: a point within the sentence, another initial. */
const AFTER_INITIAL = /^\.? ?\p{Lu}\.(?![\p{L}\p{N}-])|^\.(?= ?[\p{Ll},;)])/u;

/** Letters of a family name and its initial. */
const SHORT = 5;

/** The initials of known people, by their family names: what stands beside a name found goes with it. */
export class Initials {
  readonly #known = new Set<string>();

  add(form: Form): void {
    if (!form.apart || form.raw.filter((word) => word.length === 1).length !== 1) return;
    const { family, initial } = partsOf(form);
    this.#known.add(`${initial} ${family}`);
  }

  /** The match with the initials beside it, where they begin as those of somebody called so. */
  extend(text: string, match: Match): Match {
    const { form, kind } = match.entry;
    if (kind !== 'name' || (form.raw.length > 1 && !form.apart)) return match;
    if (form.apart) {
      const isLast = form.raw.at(-1)?.length === 1;
      const more = isLast ? AFTER_INITIAL.exec(text.slice(match.end, match.end + 8))?.[0].length : 0;
      return { ...match, end: match.end + (more ?? 0) };
    }
    const isKnown = (letter: string | undefined): boolean =>
      letter !== undefined && this.#known.has(`${fold(letter)} ${form.key}`);
    const before = BEFORE.exec(text.slice(Math.max(0, match.start - 8), match.start));
    const after = AFTER.exec(text.slice(match.end, match.end + 8));
    return {
      ...match,
      start: match.start - (before && isKnown(before[1]) ? before[0].length : 0),
      end: match.end + (after && isKnown(after[1] ?? after[2]) ? after[0].length : 0),
    };
  }
}

function partsOf({ raw }: Form): { family: string; initial: string } {
  const words = raw.map(fold);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  return first.length === 1
    ? { initial: first, family: words.slice(1).join('') }
    : { initial: last, family: words.slice(0, -1).join('') };
}

/**
 * Whether the single letter of a name is an initial: no possessive, no part of `T2` or `C-spine`; beside an ordinary
 * word (`careful`) no article.
 */
export function isInitialApart(text: string, runs: readonly Token[], careful: boolean): boolean {
  const { length } = runs.map((run) => run.text).join('');
  const letter = runs[0]?.text.length === 1 ? runs[0] : runs.at(-1);
  if (letter === undefined) return false;
  const [before, after] = [text.slice(Math.max(0, letter.start - 1), letter.start), text.charAt(letter.end)];
  const isLast = letter !== runs[0];
  if (/[\p{N}'’]/u.test(before) || (isLast && /[\p{L}\p{N}\-'’/]/u.test(after))) return false;
  if (!isLast && /[\p{L}\p{N}'’/]/u.test(before)) return false;
  if (!isCapital(text, letter.start)) return !careful && after === '.';
  const beside = runs.at(isLast ? -2 : 1);
  if (!isLast && beside && /[,;:]/.test(text.slice(letter.end, beside.start))) return false;
  // Duke B is a stage, `Duke, B.` somebody.
  if (isLast && beside && isStaged(beside.text) && /[a-d]/.test(letter.text))
    return after === '.' && text.slice(beside.end, letter.start).includes(',');
  // `M. Li`: so short that a point must tell.
  if (length < SHORT) return after === '.';
  if (!careful) return true;
  return isLast || !/[ai]/.test(letter.text) || after === '.';
}
