import { hash } from 'node:crypto';
import { CHECKSUMS } from '../../detect/derived/checksums.ts';
import { fold } from '../../detect/known/fold.ts';
import { nameComponents } from '../../detect/known/forms.ts';
import type { Guess } from './family.ts';

/** What is known of one person in the originals, and the code that stands for the person in the release. */
export interface CodedPerson {
  readonly ids: readonly string[];
  /** Components joined by `^`, family name first; '' where none is known. */
  readonly name: string;
  /** YYYYMMDD, or ''. */
  readonly birth: string;
  readonly released: string;
}

const DIGESTS = ['md5', 'sha1', 'sha256', 'sha512'] as const;
const SHORTEST = 4;
/** `SUBJ-`, `PT_`: letters set off from the code itself. */
const STEM = /^\p{L}{1,10}[-_.:/ ]+/u;
/** Texts that are tried for one person, at the most; the bound counts as many. */
const RECIPES = 2000;

/**
 * Codes spelled from what is known of the same person: initials and birth year, pieces of names with dates, checksums,
 * digests cut short or counted as numbers. Each is too short to be told from chance in one code; of many persons the same
 * recipe must fit each one's own.
 */
export function recipeMappings(people: readonly CodedPerson[]): Guess[] {
  const codes = people.map(({ released }) => keyOf(released));
  const stem = commonStem(codes);
  const marked = people.map(({ released }) => keyOf(released.replace(STEM, '')));
  const cores = [codes, ...(stem === 0 ? [] : [codes.map((code) => code.slice(stem))])];
  if (marked.some((code, index) => code !== codes[index])) cores.push(marked);
  const tried = Math.log10(RECIPES);
  return cores.flatMap((foretold) => {
    const best = bestRecipe(people, foretold);
    return best === undefined ? [] : [{ ...best, tried, fitted: 0, foretold }];
  });
}

function bestRecipe(
  people: readonly CodedPerson[],
  codes: readonly string[],
): Pick<Guess, 'rule' | 'explained'> | undefined {
  const fits = new Map<string, number[]>();
  people.forEach((person, index) => {
    const code = codes[index] ?? '';
    if (code.length < SHORTEST) return;
    for (const recipe of new Set(recipesFor(person, code))) {
      const found = fits.get(recipe) ?? [];
      found.push(index);
      fits.set(recipe, found);
    }
  });
  const best = [...fits].reduce<[string, number[]]>((a, b) => (b[1].length > a[1].length ? b : a), ['', []]);
  const [recipe, explained] = best;
  if (explained.length === 0) return undefined;
  const kind = recipe.split(' ')[0] ?? '';
  return { rule: `population.${kind}`, explained };
}

/** The recipes by which a code can have been made from its person. */
function* recipesFor(person: CodedPerson, code: string): Generator<string> {
  for (const [recipe, text] of spelled(person)) if (text === code) yield `spelled ${recipe}`;
  let at = 0;
  for (const base of bases(person)) {
    at += 1;
    for (const form of checksumFits(base, code)) yield `checksum ${at} ${form}`;
    for (const form of digestFits(base, code)) yield `hash ${at} ${form}`;
  }
}

/** Initials and pieces of names with and without a birth date, as programs join them. */
function* spelled({ name, birth, ids }: CodedPerson): Generator<[string, string]> {
  const [family = '', given = '', middle = ''] = nameComponents(name).map((words) => keyOf(words.join('')));
  const dates = birth.length === 8 ? datePieces(birth) : [];
  const names = family === '' || given === '' ? [] : namePieces(family, given, middle);
  const digits = (ids[0] ?? '').replace(/\D/g, '');
  const numbers =
    digits.length < SHORTEST
      ? []
      : ([2, 3, 4, 6].map((n) => [`i${n}`, digits.slice(-n)]) as [string, string][]);
  for (const [one, text] of names) {
    yield [one, text];
    for (const [other, more] of [...dates, ...numbers]) {
      yield [`${one}+${other}`, text + more];
      yield [`${other}+${one}`, more + text];
    }
  }
  for (const [one, text] of dates) {
    yield [one, text];
    for (const [other, more] of numbers) {
      yield [`${one}+${other}`, text + more];
      yield [`${other}+${one}`, more + text];
    }
  }
}

function namePieces(family: string, given: string, middle: string): [string, string][] {
  const [f, g, m] = [family.charAt(0), given.charAt(0), middle.charAt(0)];
  const pieces: [string, string][] = [
    ['fg', f + g],
    ['gf', g + f],
    ['f3g', family.slice(0, 3) + g],
    ['gf3', g + family.slice(0, 3)],
    ['f3g3', family.slice(0, 3) + given.slice(0, 3)],
    ['f2g2', family.slice(0, 2) + given.slice(0, 2)],
    ['g2f2', given.slice(0, 2) + family.slice(0, 2)],
    ['g3f3', given.slice(0, 3) + family.slice(0, 3)],
    ['f4', family.slice(0, 4)],
    ['f5g', family.slice(0, 5) + g],
    ['gF', g + family],
    ['sf', soundex(family)],
    ['sfsg', soundex(family) + soundex(given)],
  ];
  if (m !== '') pieces.push(['fgm', f + g + m], ['gmf', g + m + f]);
  return pieces;
}

function datePieces(birth: string): [string, string][] {
  const [y, m, d] = [birth.slice(0, 4), birth.slice(4, 6), birth.slice(6)];
  const yy = y.slice(2);
  const day = Math.round(Date.parse(`${y}-${m}-${d}`) / 86_400_000);
  const start = Math.round(Date.parse(`${y}-01-01`) / 86_400_000);
  const ofYear = String(day - start + 1).padStart(3, '0');
  return [
    ['y', y],
    ['yy', yy],
    ['ymd', y + m + d],
    ['dmy', d + m + y],
    ['mdy', m + d + y],
    ['yymd', yy + m + d],
    ['dmyy', d + m + yy],
    ['mdyy', m + d + yy],
    ['ym', y + m],
    ['my', m + y],
    ['md', m + d],
    ['dm', d + m],
    ['yj', y + ofYear],
    ['yyj', yy + ofYear],
  ];
}

const SOUNDEX: Readonly<Record<string, string>> = {
  B: '1',
  F: '1',
  P: '1',
  V: '1',
  C: '2',
  G: '2',
  J: '2',
  K: '2',
  Q: '2',
  S: '2',
  X: '2',
  Z: '2',
  D: '3',
  T: '3',
  L: '4',
  M: '5',
  N: '5',
  R: '6',
};

/** American Soundex: the first letter and three digits for the consonants that follow; H and W do not part equals. */
function soundex(name: string): string {
  let code = name.charAt(0);
  let last = SOUNDEX[code];
  for (const letter of name.slice(1)) {
    const digit = SOUNDEX[letter];
    if (digit !== undefined && digit !== last) code += digit;
    if (letter !== 'H' && letter !== 'W') last = digit;
  }
  return `${code}000`.slice(0, 4);
}

/** What is hashed: ids as they stand, bare and without zeros; name, birth date and id joined in usual ways. */
function bases({ ids, name, birth }: CodedPerson): string[] {
  const id = ids[0] ?? '';
  const bare = id.replace(/[^A-Za-z0-9]/g, '');
  const plain = name.replace(/\^+/g, ' ').trim();
  const bases = [id, bare, bare.replace(/^0+/, ''), bare.toLowerCase(), bare.toUpperCase()];
  if (name !== '' && birth !== '')
    bases.push(
      `${name}${birth}`,
      `${name}|${birth}`,
      `${plain}${birth}`,
      `${plain} ${birth}`,
      plain.toUpperCase() + birth,
    );
  if (birth !== '') bases.push(birth, `${id}${birth}`, `${id}|${birth}`, `${id}_${birth}`, `${birth}${id}`);
  for (const other of ids.slice(1, 3)) bases.push(other);
  // Places count: an empty text stays in its place, and fits nothing.
  return bases;
}

const HEX = /^[0-9A-F]+$/;
const NUMBER = /^\d+$/;

function* checksumFits(base: string, code: string): Generator<string> {
  if (base === '' || code.length > 11 || !HEX.test(code)) return;
  const bytes = Buffer.from(base);
  for (const { name, bits, of } of CHECKSUMS) {
    const value = of(bytes);
    if (
      value
        .toString(16)
        .toUpperCase()
        .padStart(bits / 4, '0') === code.padStart(bits / 4, '0')
    )
      yield `${name} hex`;
    if (!NUMBER.test(code)) continue;
    if (value === Number(code)) yield `${name} decimal`;
    else if (code.length < 10 && value % 10 ** code.length === Number(code)) yield `${name} last`;
  }
}

function* digestFits(base: string, code: string): Generator<string> {
  if (base === '' || code.length > 64 || !HEX.test(code)) return;
  for (const algorithm of DIGESTS) {
    const digest = hash(algorithm, base).toUpperCase();
    if (digest.startsWith(code)) yield `${algorithm} first`;
    if (digest.endsWith(code)) yield `${algorithm} last`;
    if (!NUMBER.test(code) || code.length > 18) continue;
    const modulus = 10n ** BigInt(code.length);
    const value = BigInt(code);
    if (BigInt(`0x${digest}`) % modulus === value) yield `${algorithm} number`;
    if (BigInt(`0x${digest.slice(0, 8)}`) % modulus === value) yield `${algorithm} number of 8`;
    if (BigInt(`0x${digest.slice(0, 15)}`) % modulus === value) yield `${algorithm} number of 15`;
    if (BigInt(`0x${digest.slice(0, 16)}`) % modulus === value) yield `${algorithm} number of 16`;
  }
}

/** Letters and digits, folded, in capitals. */
const keyOf = (text: string): string =>
  fold(text)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Letters that all codes begin with, none of them the code itself. */
function commonStem(codes: readonly string[]): number {
  const [first = ''] = codes;
  let stem = 0;
  while (stem < first.length - SHORTEST && codes.every((code) => code.charAt(stem) === first.charAt(stem)))
    stem += 1;
  return stem;
}
