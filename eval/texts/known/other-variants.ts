import type { Random } from '../../random.ts';
import type { Variant } from './name-variants.ts';
import type { Person } from './people.ts';
import { fullWidth, misread, wrongDigit } from './spellings.ts';

const MONTHS: Readonly<Record<string, string>> = {
  en: 'January February March April May June July August September October November December',
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  it: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  pt: 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  nl: 'januari februari maart april mei juni juli augustus september oktober november december',
  sv: 'januari februari mars april maj juni juli augusti september oktober november december',
  pl: 'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
  tr: 'Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık',
};

interface Day {
  readonly y: string;
  readonly yy: string;
  readonly m: string;
  readonly d: string;
  /** Without leading zeros. */
  readonly month: number;
  readonly day: number;
  name(language: string): string;
  readonly weekday: string;
}

function dayOf({ birth }: Person): Day {
  const [y, m, d] = [birth.slice(0, 4), birth.slice(4, 6), birth.slice(6)];
  const [month, day] = [Number(m), Number(d)];
  return {
    y,
    yy: y.slice(2),
    m,
    d,
    month,
    day,
    name: (language) => MONTHS[language]?.split(' ')[month - 1] ?? '',
    weekday: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')[
      new Date(Date.UTC(Number(y), month - 1, day)).getUTCDay()
    ] as string,
  };
}

const ordinal = (day: number): string => {
  const suffix = day > 10 && day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${suffix}`;
};

const date = (id: string, write: (day: Day, random: Random) => string | undefined): Variant => ({
  id,
  write: (person, random) => write(dayOf(person), random),
});

export const DATE_VARIANTS: readonly Variant[] = [
  date('compact', ({ y, m, d }) => y + m + d),
  date('ISO', ({ y, m, d }) => `${y}-${m}-${d}`),
  date('ISO with time', ({ y, m, d }) => `${y}-${m}-${d}T00:00:00Z`),
  date('slashes, month first', ({ y, m, d }) => `${m}/${d}/${y}`),
  date('slashes, day first', ({ y, day, month }) => `${day}/${month}/${y}`),
  date('slashes, year first', ({ y, m, d }) => `${y}/${m}/${d}`),
  date('dots', ({ y, m, d }) => `${d}.${m}.${y}`),
  date('dots without zeros', ({ y, day, month }) => `${day}.${month}.${y}`),
  date('dots and spaces', ({ y, day, month }) => `${day}. ${month}. ${y}`),
  date('hyphens', ({ y, m, d }) => `${m}-${d}-${y}`),
  date('two-digit year', ({ yy, m, d }) => `${m}/${d}/${yy}`),
  date('two-digit year, dots', ({ yy, m, d }) => `${d}.${m}.${yy}`),
  date('two-digit year, hyphens', ({ yy, day, month }) => `${month}-${day}-${yy}`),
  date('digits, day first', ({ y, m, d }) => `DOB ${d}${m}${y}`),
  date('spaces around', ({ y, m, d }) => `${m} / ${d} / ${y}`),
  date('month name', ({ y, day, name }) => `${name('en')} ${day}, ${y}`),
  date('day and month name', ({ y, day, name }) => `${day} ${name('en')} ${y}`),
  date('ordinal', ({ y, day, name }) => `${name('en')} ${ordinal(day)}, ${y}`),
  date('ordinal of', ({ y, day, name }) => `the ${ordinal(day)} of ${name('en')}, ${y}`),
  date('short month', ({ y, day, name }) => `${day}-${name('en').slice(0, 3)}-${y}`),
  date('short month, capitals', ({ yy, d, name }) => `${d}-${name('en').slice(0, 3).toUpperCase()}-${yy}`),
  date('short month glued', ({ y, d, name }) => `${d}${name('en').slice(0, 3).toUpperCase()}${y}`),
  date('short month with point', ({ y, day, name }) => `${name('en').slice(0, 3)}. ${day}, ${y}`),
  date('apostrophe year', ({ yy, day, name }) => `${name('en')} ${day}, '${yy}`),
  date('weekday', ({ y, day, name, weekday }) => `${weekday}, ${name('en')} ${day}, ${y}`),
  date('capitals', ({ y, day, name }) => `${name('en').toUpperCase()} ${day} ${y}`),
  date('German', ({ y, day, name }) => `${day}. ${name('de')} ${y}`),
  date('German, two-digit year', ({ yy, day, name }) => `${day}. ${name('de')} ${yy}`),
  date('French', ({ y, day, name }) => `${day === 1 ? '1er' : day} ${name('fr')} ${y}`),
  date('Spanish', ({ y, day, name }) => `${day} de ${name('es')} de ${y}`),
  date('Italian', ({ y, day, name }) => `${day} ${name('it')} ${y}`),
  date('Portuguese', ({ y, day, name }) => `${day} de ${name('pt')} de ${y}`),
  date('Dutch', ({ y, day, name }) => `${day} ${name('nl')} ${y}`),
  date('Swedish', ({ y, day, name }) => `${day} ${name('sv')} ${y}`),
  date('Polish', ({ y, day, name }) => `${day} ${name('pl')} ${y}`),
  date('Turkish', ({ y, day, name }) => `${day} ${name('tr')} ${y}`),
  date('Japanese', ({ y, day, month }) => `${y}年${month}月${day}日`),
  date('HL7 time stamp', ({ y, m, d }) => `${y}${m}${d}000000-0500`),
  date('DICOM DT', ({ y, m, d }) => `${y}${m}${d}000000.000000`),
  date('DICOM range', ({ y, m, d }) => `${y}${m}${d}-`),
  date('URL', ({ y, m, d }) => `dob=${m}%2F${d}%2F${y}`),
  date('line wrap', ({ y, day, name }) => `${name('en')} ${day},\n${y}`),
  date('full width', ({ y, m, d }) => fullWidth(`${y}/${m}/${d}`)),
  date('OCR', ({ y, m, d }, random) => misread(`${m}/${d}/${y}`, random)),
  date('OCR of ISO', ({ y, m, d }, random) => misread(`${y}-${m}-${d}`, random)),
  date('spelled ordinal', ({ y, day, name }) => `the ${SPELLED[day]} of ${name('en')} ${y}`),
];

const SPELLED: readonly string[] =
  ' first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth'.split(
    ' ',
  );

/** Digits that a number needs to be known with one of them wrong. */
const LONG = 7;
const bare = (value: string): string => value.replace(/[^\p{L}\p{N}]/gu, '');
const digitsOf = (value: string): string => value.replace(/\D/g, '');

/** The identifiers of a person that are numbers, each in turn. */
const numbersOf = ({ mrn, account, accession, phone }: Person): readonly string[] => [
  mrn,
  account,
  accession,
  phone,
];

const number = (
  id: string,
  write: (value: string, random: Random) => string | undefined,
  place?: Variant['place'],
): Variant => ({
  id,
  ...(place !== undefined && { place }),
  write: (person, random) => write(random.pick(numbersOf(person)), random),
});

export const NUMBER_VARIANTS: readonly Variant[] = [
  number('as it is', (value) => value),
  number('separators dropped', (value) => bare(value)),
  number('hyphens inserted', (value, random) => grouped(bare(value), '-', random)),
  number('spaces inserted', (value, random) => grouped(bare(value), ' ', random)),
  // A point in a shorter number makes it a decimal.
  number('points inserted', (value, random) =>
    bare(value).length < 8 ? undefined : grouped(bare(value), '.', random),
  ),
  number('digits spaced out', (value) => [...bare(value)].join(' ')),
  {
    id: 'leading zeros dropped',
    write: ({ mrn }) => (mrn.startsWith('0') ? mrn.replace(/^0+/, '') : undefined),
  },
  { id: 'leading zeros added', write: ({ mrn }) => `000${mrn}` },
  { id: 'prefix', write: ({ mrn }) => `MRN${mrn}` },
  { id: 'prefix and colon', write: ({ mrn }) => `MRN#:${mrn}` },
  { id: 'suffix', write: ({ mrn }) => `${mrn}A` },
  { id: 'check digit scheme', write: ({ mrn }) => `${mrn}^^^HOSP^MR` },
  number('small letters', (value) => value.toLowerCase()),
  number('line wrap', (value, random) => {
    const text = bare(value);
    const at = random.whole(3, text.length - 3);
    return `${text.slice(0, at)}${random.pick(['\n', '-\n', '\r\n   '])}${text.slice(at)}`;
  }),
  number('OCR', (value, random) => misread(value, random)),
  number(
    'one digit wrong',
    (value, random) =>
      digitsOf(value).length < LONG || digitsOf(value).length !== bare(value).length
        ? undefined
        : wrongDigit(value, random, 'replace'),
    'cued',
  ),
  number(
    'two digits swapped',
    (value, random) =>
      digitsOf(value).length < LONG || digitsOf(value).length !== bare(value).length
        ? undefined
        : wrongDigit(value, random, 'swap'),
    'cued',
  ),
  number('full width', (value) => fullWidth(value)),
  number('in parentheses', (value) => `(${value})`),
  number('in brackets', (value) => `[${bare(value)}]`),
  {
    id: 'last four',
    place: 'alone',
    write: ({ mrn }, random) =>
      `MRN ${random.pick(['ending in ', '...', 'xxxx', 'last 4: ', '****'])}${mrn.slice(-4)}`,
  },
  {
    id: 'phone with country code',
    write: ({ phone }) => `+1 ${digitsOf(phone).replace(/(...)(...)/, '$1.$2.')}`,
  },
  { id: 'file name', place: 'file', write: ({ mrn, accession }) => `${mrn}_${bare(accession)}` },
  { id: 'street', write: ({ street }) => street },
  {
    id: 'street in capitals, short',
    write: ({ street }) =>
      street
        .toUpperCase()
        .replace('ROAD', 'RD.')
        .replace('STREET', 'ST')
        .replace('AVENUE', 'AVE')
        .replace('LANE', 'LN')
        .replace('DRIVE', 'DR')
        .replace('COURT', 'CT'),
  },
];

function grouped(text: string, separator: string, random: Random): string {
  const at = random.whole(2, text.length - 3);
  return `${text.slice(0, at)}${separator}${text.slice(at)}`;
}
