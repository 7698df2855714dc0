import type { HipaaCategory } from '../../model/category.ts';
import type { KnownIdentifier } from '../detector.ts';
import { isDummy } from '../dummy.ts';
import { isWellKnownUid } from '../uid-roots.ts';
import {
  isCommonWord,
  isEponym,
  isFirstName,
  isLatin,
  isLoneEponym,
  isNamesake,
  isOpener,
  isPlainWord,
  isSurname,
  nicknamesOf,
} from '../words.ts';
import { readDates } from './dates.ts';
import { fold, isIdeographic, tokenise } from './fold.ts';
import { isOtherWord } from './other-words.ts';
import { isTransliterable, transliterate, WAYS } from './transliteration.ts';

/** One spelling under which a known identifier is found. */
export interface Form {
  /** Letters and digits, folded and joined. */
  readonly key: string;
  /** The runs of letters and digits as they stand in the source: UTF-8 and Latin-1 bytes are made from them. */
  readonly raw: readonly string[];
  /** `words`: the text must have as many runs as the form, or write it in one. `code`: any separators between. */
  readonly shape: 'words' | 'code' | 'uid' | 'date';
  /** A weak form counts in typed or cued places alone. */
  readonly weak: boolean;
  /** Plain words that are also names: capitals must begin them, unless the place is typed. */
  readonly capitals: boolean;
  /** A word that opens sentences by itself (`Rose to 39 C`), or an eponym (`Wilson disease`): the text around tells. */
  readonly guise?: { readonly opener: boolean; readonly eponym: boolean };
  /** A family name and initials: written in one as a user name alone. */
  readonly apart?: boolean;
  /** Whether they make a user name: `jsmith`. */
  readonly user?: boolean;
  /** What a person goes by, and nobody wrote down: no misspelling of it is looked for. */
  readonly nickname?: boolean;
  /** Whose a single word is: of a given name, another family name may tell that somebody else is meant. */
  readonly part?: 'family' | 'given';
}

const TITLES = new Set(
  'dr drs mr mrs ms miss prof sir md do phd rn np pa mbbs jr sr ii iii iv esq dds dvm herr frau mme mlle sra'.split(
    ' ',
  ),
);
const PARTICLES = new Set(
  'van von der den de da di del della la le el al bin ibn abu ben ter ten das dos do du st'.split(' '),
);
const MAX_RUNS = 12;
/** Letters of family and given name together: `Vo An`, `O Xu`. */
const SHORTEST_NAME = 3;

/** All forms of a known identifier; none where it is a dummy or masked already. */
export function formsOf(known: KnownIdentifier): Form[] {
  const value = known.value.normalize('NFC').trim();
  switch (known.kind) {
    case 'name':
      return value.split('=').flatMap((group) => nameForms(group));
    case 'date':
      return dateForms(value);
    case 'uid':
      return uidForms(value);
    case 'phone':
      return phoneForms(value);
    case 'address':
      return addressForms(value);
    case 'email':
    case 'url':
      return wordForms(value, 6);
    case 'id':
      return codeForms(value.split('^')[0] ?? '', OF_THE_PATIENT.has(known.category) ? 'patient' : 'staff');
    case 'other':
      return /\d/.test(value) ? codeForms(value, 'place') : wordForms(value, 4);
  }
}

function nameForms(group: string): Form[] {
  const components = nameComponents(group);
  const [family = [], given = [], middle = []] = components;
  const forms = components.flatMap((words, i) => [
    ...words.map((word) => namePart(word, i === 0 ? 'family' : 'given')),
    ...(words.length > 1
      ? [{ ...fullName(words), part: i === 0 ? ('family' as const) : ('given' as const) }]
      : []),
  ]);
  if (family.length > 0 && given.length > 0) {
    forms.push(...pairForms(family, given));
    const initials = [given, middle].flatMap((words) => words[0]?.slice(0, 1) ?? []);
    forms.push(...initialForms(family, initials.slice(0, 1)));
    if (initials.length > 1) forms.push(...initialForms(family, initials));
    forms.push(...givenAndInitial(given, family[0]?.slice(0, 1) ?? ''));
    for (const name of nicknamesOf(fold(given[0] ?? ''))) {
      const other = name.charAt(0).toUpperCase() + name.slice(1);
      forms.push(...pairForms(family, [other], { nickname: true }));
      forms.push({ ...namePart(other, 'given'), weak: true, nickname: true });
    }
    if (middle.length > 0) {
      const letter = middle[0]?.slice(0, 1) ?? '';
      for (const between of [middle, [letter]]) {
        forms.push(fullName([...given, ...between, ...family]), fullName([...family, ...given, ...between]));
      }
      forms.push(...pairForms(family, middle), { ...fullName([...given, ...middle]), part: 'given' });
    }
    if (family.length > 1)
      for (const word of family) if (!isWeakWord(fold(word))) forms.push(...pairForms([word], given));
    if (given.length > 1) for (const word of given) forms.push(...pairForms(family, [word]));
  }
  return forms
    .filter((form) => form.key.length >= 2)
    .flatMap(withUmlauts)
    .flatMap(inLatin);
}

/** A family name with a given one, in either order. */
function pairForms(family: readonly string[], given: readonly string[], more: Partial<Form> = {}): Form[] {
  return [
    { ...fullName([...family, ...given], SHORTEST_NAME), ...more },
    { ...fullName([...given, ...family], SHORTEST_NAME), ...more },
  ];
}

/** `Grace H.`: a letter alone says little, so the given name must be no ordinary word. */
function givenAndInitial(given: readonly string[], initial: string): Form[] {
  const key = fold(given.join(''));
  if (key.length < 2 || (isWeakWord(key) && !isFirstName(key))) return [];
  return [{ ...fullName([...given, initial]), capitals: true, apart: true }];
}

/** Family, given, middle as lists of words, whatever way the name is written. */
export function nameComponents(group: string): string[][] {
  const parts = group.includes('^') ? group.split('^').slice(0, 3) : splitPlainName(group);
  return parts.map((part) => {
    const words = tokenise(part).filter((token) => !token.digits);
    const untitled = words.filter((token) => !isTitle(token.text));
    // Do and Pa are titles, and family names: a component that has nothing else is the name.
    return (untitled.length > 0 ? untitled : words).map((token) => part.slice(token.start, token.end));
  });
}

const isTitle = (word: string): boolean => TITLES.has(word);

/** `Roe, Jane A` and `Jane A Roe` as family, given, middle. */
function splitPlainName(name: string): string[] {
  const [family, rest] = name.split(',');
  const words = (rest ?? family ?? '')
    .trim()
    .split(/\s+/)
    .filter((word) => !isTitle(fold(word).replace(/\./g, '')));
  if (rest !== undefined && !isTitle(fold(rest).trim().replace(/\./g, ''))) {
    return [family ?? '', words[0] ?? '', words.slice(1).join(' ')];
  }
  if (words.length < 2) return [words.join(' ')];
  const particle = words.findIndex((word, i) => i > 0 && PARTICLES.has(fold(word)));
  const cut = particle > 0 ? particle : words.length - 1;
  return [words.slice(cut).join(' '), words[0] ?? '', words.slice(1, cut).join(' ')];
}

/** Hebrew and Arabic: written without most vowels. */
const isConsonantal = (text: string): boolean => /^[\u05d0-\u06ff]+$/.test(text);

/** A word alone names somebody only when it is long enough and not common. Two ideographs are as telling as four letters. */
function isWeakWord(key: string): boolean {
  const width = isIdeographic(key) ? key.length * 2 : isConsonantal(key) ? key.length * 1.5 : key.length;
  return (
    width < 4 || isTitle(key) || isCommonWord(key) || isLoneEponym(key) || PARTICLES.has(key) || isDummy(key)
  );
}

/** Whether a word is one that people write without thinking of a name. */
const isOrdinary = (key: string): boolean =>
  isWeakWord(key) || isPlainWord(key) || isNamesake(key) || isLatin(key);

function namePart(word: string, part: 'family' | 'given'): Form {
  const key = fold(word);
  const guise = { opener: isOpener(key), eponym: isEponym(key) };
  return {
    key,
    raw: [word],
    shape: 'words',
    weak: isWeakWord(key),
    capitals: isOrdinary(key),
    part,
    ...((guise.opener || guise.eponym) && { guise }),
  };
}

/** Letters of a user name that is made of a name: `jsmith`, `smithj`, `jmsmith`. */
const USER_NAME = 5;

/** `R. Bell`, `Bell, R.`, `R.J. Bell`, and `rbell` where that is no word or name. */
function initialForms(family: readonly string[], initials: readonly string[]): Form[] {
  const key = fold(family.join(''));
  // A common word that nobody is called by (`Employer`) names nobody with a letter before it either.
  if (key.length < 2 || ((isCommonWord(key) || isTitle(key) || isDummy(key)) && !isSurname(key))) return [];
  const capitals = isOrdinary(key) || isEponym(key);
  return [
    [...initials, ...family],
    [...family, ...initials],
  ].map((words) => {
    const form = fullName(words, SHORTEST_NAME);
    const user = key.length > 2 && form.key.length >= USER_NAME && isNoWord(form.key);
    return { ...form, capitals, apart: true, ...(user && { user }) };
  });
}

const isNoWord = (key: string): boolean => /^[a-z]+$/.test(key) && !isOtherWord(key);

/** A whole name is strong even where its words are common, if capitals begin them. `least`: letters that it takes. */
function fullName(words: readonly string[], least = 5): Form {
  const folded = words.map(fold);
  const key = folded.join('');
  const weak = key.length < least || isDummy(words.join(' '));
  return {
    key,
    raw: words,
    shape: 'words',
    weak: weak && !isIdeographic(key),
    capitals: folded.some(isWeakWord) && folded.every((word) => isWeakWord(word) || isOpener(word)),
  };
}

/** Letters that are written as two where a keyboard lacks them (German, Danish, Norwegian, Swedish). */
const TWO_LETTERS: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ø: 'oe',
  å: 'aa',
  æ: 'ae',
};

/** Jürgen is written Juergen where there are no umlauts. */
function withUmlauts(form: Form): Form[] {
  if (!form.raw.some((word) => /[äöüøåÄÖÜØÅ]/.test(word))) return [form];
  const raw = form.raw.map((word) =>
    word.replace(/[äöüøåÄÖÜØÅ]/g, (letter) => {
      const pair = TWO_LETTERS[letter.toLowerCase()] ?? letter;
      return letter === letter.toLowerCase() ? pair : pair.charAt(0).toUpperCase() + pair.slice(1);
    }),
  );
  return [form, { ...form, raw, key: raw.map(fold).join('') }];
}

/** A name in Cyrillic or Greek letters as it is written in Latin ones too. */
function inLatin(form: Form): Form[] {
  if (!form.raw.some(isTransliterable)) return [form];
  const spellings = new Map<string, Form>([[form.key, form]]);
  for (const way of WAYS) {
    const raw = form.raw.map((word) => transliterate(word, way));
    const key = raw.map(fold).join('');
    spellings.set(key, { ...form, raw, key });
  }
  return [...spellings.values()];
}

/** Numbers so usual that alone they identify nothing: years, round numbers, powers of two. */
const isUsualNumber = (key: string): boolean =>
  /^\d+$/.test(key) &&
  (/^(?:19|20)\d{2}$/.test(key) ||
    /^\d{1,2}0+$/.test(key) ||
    (key.length < 6 && Number.isInteger(Math.log2(Number(key)))));

/** `ward12`, `bed2104`. */
const PLACE_CODE = /^(?:ward|room|rm|bed|bay|floor|fl|unit|clinic|icu|er|or)\d{1,4}[a-z]?$/;

/** Numbers of the patient's: record, plan, account, security number, orders and visits. */
const OF_THE_PATIENT: ReadonlySet<HipaaCategory> = new Set(['G', 'H', 'I', 'J', 'R']);

/**
 * Four or five digits of staff or devices are a measurement as soon as their number, while those of the patient count wherever
 * they stand; a code of a place counts from six characters on.
 */
function codeForms(value: string, whose: 'patient' | 'staff' | 'place' = 'patient'): Form[] {
  const raw = runsOf(value);
  const key = raw.map(fold).join('');
  if (key === '' || raw.length > MAX_RUNS) return [];
  const isShort = key.length < 4 || (whose === 'staff' && /^\d{4,5}$/.test(key));
  const weak =
    whose === 'place'
      ? key.length < 6 || PLACE_CODE.test(key)
      : isShort || isCommonWord(key) || isUsualNumber(key);
  const form: Form = { key, raw, shape: 'code', weak, capitals: false };
  const forms = [form];
  for (const digits of new Set([bareNumber(key), numberOf(raw), bareNumber(numberOf(raw))])) {
    if (digits !== '' && digits !== key)
      forms.push({ ...form, key: digits, raw: [digits], weak: isUsualNumber(digits) });
  }
  return forms;
}

/** A number of six digits or more without its leading zeros. */
const bareNumber = (key: string): string => /^0*([1-9]\d{5,})$/.exec(key)?.[1] ?? '';

/** The record number behind letters: 70458812 of MRN70458812; a date there is found as one. */
function numberOf(raw: readonly string[]): string {
  const numbers = raw.map(fold).filter((run) => /^\d+$/.test(run));
  const [number = ''] = numbers;
  const isAlone = numbers.length === 1 && raw.length > 1 && number.length >= 7;
  return isAlone && !/^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(number) ? number : '';
}

/** A form with letters split from digits, and digits never split: any separator may stand between. */
function runsOf(value: string): string[] {
  const runs: string[] = [];
  let lastDigits = false;
  for (const token of tokenise(value)) {
    const text = value.slice(token.start, token.end);
    const last = runs.length - 1;
    if (token.digits && lastDigits) runs[last] += text;
    else runs.push(text);
    lastDigits = token.digits;
  }
  return runs;
}

function wordForms(value: string, least: number): Form[] {
  const raw = tokenise(value)
    .map((token) => value.slice(token.start, token.end))
    .slice(0, MAX_RUNS);
  const key = raw.map(fold).join('');
  if (key === '') return [];
  const weak =
    key.length < least ||
    (raw.length === 1 && isCommonWord(key)) ||
    raw.every((word) => isCommonWord(fold(word)));
  return [{ key, raw, shape: 'words', weak, capitals: false }];
}

function phoneForms(value: string): Form[] {
  const digits = (value.split(/x|ext/i)[0] ?? '').replace(/\D/g, '');
  if (digits.length < 7) return codeForms(value);
  const numbers = new Set([digits]);
  if (/^1\d{10}$/.test(digits)) numbers.add(digits.slice(1));
  return [...numbers].map((key) => ({ key, raw: [key], shape: 'code', weak: false, capitals: false }));
}

/** Street line (number and name together) strong; city, street name, ZIP weak; a state is no identifier. */
function addressForms(value: string): Form[] {
  return value.split(/[\^\n\r,&]+/).flatMap((line) => {
    const raw = tokenise(line)
      .map((token) => line.slice(token.start, token.end))
      .slice(0, MAX_RUNS);
    const key = raw.map(fold).join('');
    if (key.length < 4 || isDummy(line)) return [];
    const isStreetLine = /\d/.test(key) && /\p{L}/u.test(key) && raw.length > 1 && key.length >= 7;
    const form: Form = { key, raw, shape: 'words', weak: !isStreetLine, capitals: false };
    return isStreetLine ? [form, ...withStreetWord(form)] : [form];
  });
}

const STREET_WORDS =
  'street st|avenue ave|road rd|drive dr|boulevard blvd|lane ln|court ct|place pl|parkway pkwy|highway hwy|terrace ter|circle cir|square sq|apartment apt|suite ste|north n|south s|east e|west w'
    .split('|')
    .map((pair) => pair.split(' ') as [string, string]);

/** The same line with its street words long and short. */
function withStreetWord(form: Form): Form[] {
  const rewrite = (pick: 0 | 1): Form => {
    const raw = form.raw.map(
      (word) => STREET_WORDS.find((pair) => pair.includes(fold(word)))?.[pick] ?? word,
    );
    return { ...form, raw, key: raw.map(fold).join('') };
  };
  return [rewrite(0), rewrite(1)].filter((other) => other.key !== form.key);
}

function uidForms(value: string): Form[] {
  if (!/^\d+(?:\.\d+)+$/.test(value) || isWellKnownUid(value)) return [];
  return [{ key: value, raw: value.split('.'), shape: 'uid', weak: false, capitals: false }];
}

/** Full dates that are no masked form (YYYY0101), in every reading: 03/04/1962 says not which is the month. */
function dateForms(value: string): Form[] {
  return readDates(value)
    .flatMap((reading) => reading.days)
    .filter((day) => day % 10000 !== 101)
    .map((day) => ({ key: String(day), raw: [String(day)], shape: 'date', weak: false, capitals: false }));
}
