import { isEponym, isNamesake, isPlainWord, isTerm } from '../../../src/detect/words.ts';
import type { Random } from '../../random.ts';
import type { Person } from './people.ts';
import { escaped, fullWidth, inTwoLetters, misread, mixedCase, oneEdit, plain } from './spellings.ts';

/** A form in which a known identifier is written, and where it stands. */
export interface Variant {
  readonly id: string;
  /** The text of the form; undefined where the person has none. */
  write(person: Person, random: Random): string | undefined;
  /** `cued`: behind a title or a label. `alone`: no sentence around it. By default in sentences and forms of all kinds. */
  readonly place?: 'cued' | 'alone' | 'file' | 'user';
}

/** Letters that a name needs to be known with one letter wrong, and with two. */
const ONE_EDIT = 5;
const TWO_EDITS = 9;

const letters = (text: string): string => plain(text).replace(/[^\p{L}]/gu, '');
const initial = (text: string): string => text.charAt(0).toUpperCase();
const lower = (text: string): string => text.toLowerCase();
const ascii = (text: string): string => lower(letters(text));

/** Whether a family name alone says nothing: short, or an ordinary word. */
export const isOrdinary = (word: string): boolean => {
  const key = ascii(word);
  return key.length < 4 || isTerm(key) || isPlainWord(key) || isNamesake(key) || isEponym(key);
};

const halves = (text: string): readonly string[] => text.split(/[-\s]/).filter((half) => !isOrdinary(half));
const familyOf = ({ family }: Person): string | undefined => (isOrdinary(family) ? undefined : family);
const whole = ({ given, family }: Person): string => `${given} ${family}`;

/** The English diminutives that are tried; the product has more. */
const NICKNAMES: Readonly<Record<string, readonly string[]>> = {
  William: ['Bill', 'Will', 'Billy', 'Liam'],
  Robert: ['Bob', 'Rob', 'Bobby'],
  Richard: ['Dick', 'Rick', 'Rich'],
  James: ['Jim', 'Jimmy', 'Jamie'],
  John: ['Jack', 'Johnny'],
  Michael: ['Mike', 'Mick', 'Mickey'],
  Margaret: ['Peggy', 'Maggie', 'Meg', 'Greta'],
  Elizabeth: ['Liz', 'Beth', 'Betty', 'Lizzie', 'Eliza'],
  Katherine: ['Kate', 'Kathy', 'Katie', 'Kitty'],
  Christopher: ['Chris', 'Kit', 'Topher'],
  Thomas: ['Tom', 'Tommy'],
  Charles: ['Charlie', 'Chuck'],
  Edward: ['Ed', 'Ted', 'Ned', 'Eddie'],
  Joseph: ['Joe', 'Joey'],
  Patricia: ['Pat', 'Patty', 'Trish'],
  Barbara: ['Barb', 'Babs', 'Barbie'],
  Anthony: ['Tony'],
  Theodore: ['Ted', 'Teddy', 'Theo'],
  Francisco: ['Paco', 'Pancho'],
  Guadalupe: ['Lupe', 'Lupita'],
  Concepción: ['Concha'],
  Giuseppe: ['Beppe', 'Peppe'],
  Wolfgang: ['Wolfi'],
  Dmitriy: ['Dima'],
  Ekaterina: ['Katya'],
};

/** A person whose given name has a diminutive: the form asks for one, whoever the person is. */
export const withNickname = (person: Person, random: Random): Person => ({
  ...person,
  given: random.pick(Object.keys(NICKNAMES)),
});

export const NAME_VARIANTS: readonly Variant[] = [
  { id: 'caret', write: ({ family, given, middle }) => `${family}^${given}^${middle}` },
  { id: 'caret capitals', write: ({ family, given }) => `${family}^${given}`.toUpperCase() },
  { id: 'caret with prefix and suffix', write: ({ family, given }) => `${family}^${given}^^Dr^III` },
  { id: 'comma', write: ({ family, given }) => `${family}, ${given}` },
  {
    id: 'comma and initial',
    write: ({ family, given, middle }) => `${family}, ${given} ${initial(middle)}.`,
  },
  { id: 'given first', write: whole },
  { id: 'middle name', write: ({ family, given, middle }) => `${given} ${middle} ${family}` },
  { id: 'middle initial', write: ({ family, given, middle }) => `${given} ${initial(middle)}. ${family}` },
  {
    id: 'initials and family',
    write: ({ family, given, middle }) => `${initial(given)}.${initial(middle)}. ${family}`,
  },
  { id: 'initial and family', write: ({ family, given }) => `${initial(given)}. ${family}` },
  { id: 'family and initial', write: ({ family, given }) => `${family}, ${initial(given)}.` },
  {
    id: 'given and initial',
    write: ({ family, given }) => (isOrdinary(given) ? undefined : `${given} ${initial(family)}.`),
  },
  { id: 'given alone', write: ({ given }) => (isOrdinary(given) ? undefined : given) },
  { id: 'family with title', place: 'cued', write: ({ family }) => family },
  { id: 'family alone', write: familyOf },
  { id: 'family in capitals', write: (person) => familyOf(person)?.toUpperCase() },
  { id: 'family in small letters', write: (person) => familyOf(person)?.toLowerCase() },
  { id: 'mixed case', write: (person) => mixedCase(whole(person)) },
  { id: 'suffix', write: (person) => `${whole(person)}, Jr.` },
  { id: 'number of generation', write: (person) => `${whole(person)} III` },
  { id: 'degree', write: (person) => `${whole(person)}, M.D.` },
  {
    id: 'half of a double name',
    write: ({ family }, random) => {
      const parts = /[-\s]/.test(family) ? halves(family) : [];
      return parts.length === 0 ? undefined : random.pick(parts);
    },
  },
  {
    id: 'particle glued',
    write: ({ family }) => (/[ '’-]/.test(family) ? family.replace(/[ '’-]/g, '') : undefined),
  },
  { id: 'hyphens for spaces', write: (person) => whole(person).replace(/[ ']/g, '-') },
  {
    id: 'accents dropped',
    write: (person) => (plain(whole(person)) === whole(person) ? undefined : plain(whole(person))),
  },
  {
    id: 'accents decomposed',
    write: (person) =>
      whole(person).normalize('NFD') === whole(person) ? undefined : whole(person).normalize('NFD'),
  },
  { id: 'umlauts in two letters', write: (person) => inTwoLetters(whole(person)) },
  {
    id: 'umlauts in two letters, family',
    write: (person) => (familyOf(person) ? inTwoLetters(person.family) : undefined),
  },
  {
    id: 'own script',
    write: ({ native }) => (native === undefined ? undefined : `${native.family} ${native.given}`),
  },
  {
    id: 'own script, family',
    write: ({ native }) => (native && native.family.length > 1 ? native.family : undefined),
  },
  {
    id: 'nickname',
    write: ({ family, given }, random) =>
      NICKNAMES[given] === undefined ? undefined : `${random.pick(NICKNAMES[given])} ${family}`,
  },
  { id: 'possessive', write: (person) => `${whole(person)}'s` },
  {
    id: 'possessive of the family name',
    write: (person) => (familyOf(person) ? `${person.family}’s` : undefined),
  },
  { id: 'reversed', write: ({ family, given }) => `${family} ${given}` },
  { id: 'no separator', place: 'user', write: ({ family, given }) => `${letters(given)}${letters(family)}` },
  {
    id: 'no separator, reversed',
    place: 'user',
    write: ({ family, given }) => `${ascii(family)}${ascii(given)}`,
  },
  {
    id: 'user name',
    place: 'user',
    write: ({ family, given }) =>
      ascii(family).length < 5 ? undefined : `${ascii(given).charAt(0)}${ascii(family)}`,
  },
  {
    id: 'user name, family first',
    place: 'user',
    write: ({ family, given }) =>
      ascii(family).length < 5 ? undefined : `${ascii(family)}${ascii(given).charAt(0)}`,
  },
  { id: 'underscores', place: 'file', write: ({ family, given }) => `${letters(family)}_${letters(given)}` },
  { id: 'dots', place: 'user', write: ({ family, given }) => `${ascii(given)}.${ascii(family)}` },
  { id: 'file name', place: 'file', write: ({ family, given }) => `${ascii(family)}-${ascii(given)}` },
  { id: 'line wrap between', write: ({ family, given }) => `${given}\n${family}` },
  { id: 'line wrap and indent', write: ({ family, given }) => `${given}\r\n      ${family}` },
  {
    id: 'line wrap inside',
    write: (person, random) => {
      const family = familyOf(person);
      if (family === undefined || !/^\p{L}{6,}$/u.test(family)) return undefined;
      const at = random.whole(2, family.length - 2);
      return `${family.slice(0, at)}${random.pick(['-\n', '\n', '-\r\n  '])}${family.slice(at)}`;
    },
  },
  { id: 'double spaces', write: ({ family, given }) => `${given}  ${family}` },
  { id: 'tab', write: ({ family, given }) => `${family}\t${given}` },
  { id: 'letters spaced out', write: (person) => [...letters(whole(person))].join(' ') },
  {
    id: 'letters spaced out, family',
    write: (person) => (familyOf(person) ? [...letters(person.family)].join(' ').toUpperCase() : undefined),
  },
  {
    id: 'HTML references',
    write: (person) => escaped(whole(person), (code) => `&#${code};`).replace(' ', '&nbsp;'),
  },
  {
    id: 'HTML tag inside',
    write: (person, random) => {
      const family = familyOf(person);
      if (family === undefined) return undefined;
      const at = random.whole(1, family.length - 1);
      return `${family.slice(0, at)}<b>${family.slice(at)}</b>`;
    },
  },
  { id: 'HTML tags between', write: ({ family, given }) => `<td>${family}</td><td>${given}</td>` },
  {
    id: 'HL7 escapes',
    write: ({ family, given }) =>
      `${escaped(family, (_, utf8) => `\\X${utf8.toString('hex').toUpperCase()}\\`)}\\S\\${plain(given)}`,
  },
  { id: 'HL7 formatting', write: ({ family, given }) => `${given}\\.br\\${family}` },
  {
    id: 'RTF escapes',
    write: ({ family, given }) =>
      escaped(`${given}\\par ${family}`, (code) =>
        code < 256 ? `\\'${code.toString(16).padStart(2, '0')}` : `\\u${code}?`,
      ),
  },
  {
    id: 'JSON',
    write: ({ family, given }) =>
      escaped(
        `{"family":"${family}","given":"${given}"}`,
        (code) => `\\u${code.toString(16).padStart(4, '0')}`,
      ),
  },
  { id: 'XML attributes', write: ({ family, given }) => `<patient last="${family}" first="${given}"/>` },
  { id: 'CSV', write: ({ family, given, birth }) => `"${family}","${given}","${birth.slice(0, 4)}"` },
  { id: 'CSV with semicolons', write: ({ family, given }) => `${family};${given};` },
  { id: 'URL', write: ({ family, given }) => `name=${encodeURIComponent(`${family}, ${given}`)}` },
  {
    id: 'URL with plus',
    write: ({ family, given }) => `q=${encodeURIComponent(given)}+${encodeURIComponent(family)}`,
  },
  {
    id: 'quoted-printable',
    write: (person) =>
      escaped(whole(person), (_, utf8) =>
        [...utf8].map((byte) => `=${byte.toString(16).toUpperCase()}`).join(''),
      ),
  },
  {
    id: 'OCR',
    write: (person, random) => misread(whole(person), random),
  },
  {
    id: 'OCR of the family name',
    write: (person, random) =>
      ascii(person.family).length < ONE_EDIT
        ? undefined
        : guarded(familyOf(person), (family) => misread(family, random)),
  },
  {
    id: 'one edit',
    write: (person, random) => (ascii(whole(person)).length < 8 ? undefined : oneEdit(whole(person), random)),
  },
  {
    id: 'one edit in the family name',
    write: (person, random) =>
      /^\p{L}+$/u.test(person.family) && ascii(person.family).length >= ONE_EDIT
        ? guarded(familyOf(person), (family) => oneEdit(family, random))
        : undefined,
  },
  {
    id: 'one edit behind a title',
    place: 'cued',
    write: (person, random) =>
      ascii(person.family).length >= ONE_EDIT && /^\p{L}+$/u.test(person.family)
        ? guarded(person.family, (family) => oneEdit(family, random))
        : undefined,
  },
  {
    id: 'two edits in a long family name',
    write: (person, random) =>
      /^\p{L}+$/u.test(person.family) && ascii(person.family).length >= TWO_EDITS
        ? guarded(familyOf(person), (family) => oneEdit(oneEdit(family, random), random))
        : undefined,
  },
  { id: 'full width', write: (person) => fullWidth(plain(whole(person))) },
  { id: 'zero-width characters', write: (person) => [...whole(person)].join('\u200b') },
];

/** A misspelling that is a word of the language is that word. */
function guarded(name: string | undefined, spell: (name: string) => string | undefined): string | undefined {
  const spelled = name === undefined ? undefined : spell(name);
  return spelled === undefined || isTerm(ascii(spelled)) ? undefined : spelled;
}
