import type { Random } from '../../random.ts';
import { ordinal, ordinalInWords, yearInWords } from './numbers.ts';
import type { Slot } from './slots.ts';

export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A day of 1936 to 2026. */
export const someDay = (random: Random): Day => ({
  year: random.whole(1936, 2026),
  month: random.whole(1, 12),
  day: random.whole(1, 28),
});

const MONTHS: Readonly<Record<string, readonly string[]>> = {
  en: 'January February March April May June July August September October November December'.split(' '),
  short: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '),
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
  it: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(
    ' ',
  ),
  pt: 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro'.split(' '),
  nl: 'januari februari maart april mei juni juli augustus september oktober november december'.split(' '),
};
const WEEKDAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const HOLIDAYS = [
  'Christmas Day',
  'Christmas Eve',
  'Christmas',
  "New Year's Eve",
  "New Year's Day",
  'Thanksgiving',
  'Easter Sunday',
  'Labor Day',
  'Memorial Day',
  'Independence Day',
  'Halloween',
  "Valentine's Day",
  'Good Friday',
  "Mother's Day",
];

const two = (n: number): string => String(n).padStart(2, '0');
const yy = ({ year }: Day): string => two(year % 100);
const name = (language: string, { month }: Day): string => MONTHS[language]?.[month - 1] ?? '';

const AT = [
  'She was seen on {} for review.',
  'Admitted {}, discharged home',
  'Surgery performed {} without complication',
  'CT abdomen dated {} is compared.',
  'since {} she has had no fever',
  'last visit {}; next in 6 months',
  'Dictated: {}',
  'Biopsy of {} showed adenocarcinoma.',
];
const BIRTH = [
  'DOB: {}',
  'D.O.B. {}',
  'Date of birth {}',
  'born {} in Ohio',
  'Pt (DOB {}) presents with cough',
];

/** Dates finer than a year: shapes of one grammar with the sentences that they fit. */
export const DATES: readonly Slot<Day>[] = [
  {
    name: 'numbers with a full year',
    forms: {
      'm/d/yyyy': (d) => `${d.month}/${d.day}/${d.year}`,
      'mm/dd/yyyy': (d) => `${two(d.month)}/${two(d.day)}/${d.year}`,
      'mm-dd-yyyy': (d) => `${two(d.month)}-${two(d.day)}-${d.year}`,
      'dd.mm.yyyy': (d) => `${two(d.day)}.${two(d.month)}.${d.year}`,
      'd.m.yyyy': (d) => `${d.day}.${d.month}.${d.year}`,
      'dd/mm/yyyy': (d) => `${two(d.day)}/${two(d.month)}/${d.year}`,
      'yyyy-mm-dd': (d) => `${d.year}-${two(d.month)}-${two(d.day)}`,
      'mm–dd–yyyy': (d) => `${two(d.month)}–${two(d.day)}–${d.year}`,
      'm/d/yyyy range': (d) => `${d.month}/${d.day}/${d.year}-${d.month}/${d.day + 1}/${d.year}`,
      'yyyy/mm/dd': (d) => `${d.year}/${two(d.month)}/${two(d.day)}`,
      'yyyy.mm.dd': (d) => `${d.year}.${two(d.month)}.${two(d.day)}`,
      'yyyy-mm-ddThh:mm': (d) => `${d.year}-${two(d.month)}-${two(d.day)}T08:15`,
      'm / d / yyyy': (d) => `${d.month} / ${d.day} / ${d.year}`,
      'd. m. yyyy': (d) => `${d.day}. ${d.month}. ${d.year}`,
      yyyymmdd: (d) => `${d.year}${two(d.month)}${two(d.day)}`,
      'm/d/yyyy hh:mm': (d) => `${d.month}/${d.day}/${d.year} 14:05`,
      mm_dd_yyyy: (d) => `${two(d.month)}_${two(d.day)}_${d.year}`,
    },
    frames: [...AT, ...BIRTH],
  },
  {
    name: 'numbers with a short year',
    forms: {
      'm/d/yy': (d) => `${d.month}/${d.day}/${yy(d)}`,
      'mm/dd/yy': (d) => `${two(d.month)}/${two(d.day)}/${yy(d)}`,
      'mm-dd-yy': (d) => `${two(d.month)}-${two(d.day)}-${yy(d)}`,
      'dd.mm.yy': (d) => `${two(d.day)}.${two(d.month)}.${yy(d)}`,
      "m/d/'yy": (d) => `${d.month}/${d.day}/'${yy(d)}`,
    },
    frames: [...AT, ...BIRTH],
  },
  {
    name: 'month in words',
    forms: {
      'Month d, yyyy': (d) => `${name('en', d)} ${d.day}, ${d.year}`,
      'Month dth, yyyy': (d) => `${name('en', d)} ${ordinal(d.day)}, ${d.year}`,
      'Month d yyyy': (d) => `${name('en', d)} ${d.day} ${d.year}`,
      'MONTH D, YYYY': (d) => `${name('en', d).toUpperCase()} ${d.day}, ${d.year}`,
      'month d, yyyy': (d) => `${name('en', d).toLowerCase()} ${d.day}, ${d.year}`,
      'Mon d, yyyy': (d) => `${name('short', d)} ${d.day}, ${d.year}`,
      'Mon. d, yyyy': (d) => `${name('short', d)}. ${d.day}, ${d.year}`,
      "Mon d 'yy": (d) => `${name('short', d)} ${d.day} '${yy(d)}`,
      'Mon d, yy': (d) => `${name('short', d)} ${d.day}, ${yy(d)}`,
      'd Month yyyy': (d) => `${d.day} ${name('en', d)} ${d.year}`,
      'dth of Month yyyy': (d) => `${ordinal(d.day)} of ${name('en', d)} ${d.year}`,
      'the dth day of Month, yyyy': (d) => `${ordinal(d.day)} day of ${name('en', d)}, ${d.year}`,
      'd-Mon-yyyy': (d) => `${d.day}-${name('short', d)}-${d.year}`,
      ddMONyy: (d) => `${two(d.day)}${name('short', d).toUpperCase()}${yy(d)}`,
      ddMONyyyy: (d) => `${two(d.day)}${name('short', d).toUpperCase()}${d.year}`,
      'dd/Mon/yyyy': (d) => `${two(d.day)}/${name('short', d)}/${d.year}`,
      'yyyy Mon dd': (d) => `${d.year} ${name('short', d)} ${two(d.day)}`,
      'yyyy-Mon-dd': (d) => `${d.year}-${name('short', d)}-${two(d.day)}`,
      'Weekday, Month d, yyyy': (d, r) => `${r.pick(WEEKDAYS)}, ${name('en', d)} ${d.day}, ${d.year}`,
      'Month d, yyyy at hh:mm': (d) => `${name('en', d)} ${d.day}, ${d.year} at 08:15`,
      'Month d, broken, yyyy': (d) => `${name('en', d)} ${d.day},\n${d.year}`,
      'Month d-d, yyyy': (d) => `${name('en', d)} ${d.day}-${d.day + 2}, ${d.year}`,
      'd - Mon - yyyy': (d) => `${d.day} - ${name('short', d)} - ${d.year}`,
      'Mon/dd/yyyy': (d) => `${name('short', d)}/${two(d.day)}/${d.year}`,
    },
    frames: [...AT, ...BIRTH],
  },
  {
    name: 'other languages',
    forms: {
      de: (d) => `${d.day}. ${name('de', d)} ${d.year}`,
      fr: (d) => `${d.day} ${name('fr', d)} ${d.year}`,
      es: (d) => `${d.day} de ${name('es', d)} de ${d.year}`,
      it: (d) => `${d.day} ${name('it', d)} ${d.year}`,
      pt: (d) => `${d.day} de ${name('pt', d)} de ${d.year}`,
      nl: (d) => `${d.day} ${name('nl', d)} ${d.year}`,
    },
    frames: [
      'Untersuchung {}',
      'examen du {} : normal',
      'consulta {}',
      'controllo {} nella norma',
      'onderzoek {}',
      'DOB {}',
    ],
  },
  {
    name: 'day and month',
    forms: {
      'Month d': (d) => `${name('en', d)} ${d.day}`,
      'Month dth': (d) => `${name('en', d)} ${ordinal(d.day)}`,
      'Mon d': (d) => `${name('short', d)} ${d.day}`,
      'dth of Month': (d) => `${ordinal(d.day)} of ${name('en', d)}`,
      'd Month': (d) => `${d.day} ${name('en', d)}`,
      'Weekday, Month d': (d, r) => `${r.pick(WEEKDAYS)}, ${name('en', d)} ${d.day}`,
      'Weekday the dth': (d, r) => `${r.pick(WEEKDAYS)} the ${ordinal(d.day)}`,
    },
    frames: [
      'She returns on {} for staples.',
      'fell on {} and again later',
      'admitted {} from home',
      'Follow-up {} with cardiology',
      'symptoms started {}.',
      'by {} he was afebrile',
    ],
  },
  {
    name: 'day and month in numbers, cued',
    forms: { 'm/d': (d) => `${d.month}/${d.day}`, 'mm/dd': (d) => `${two(d.month)}/${two(d.day)}` },
    frames: [
      'admitted on {} for CHF',
      'discharged {} to rehab',
      'seen {} in clinic',
      'next appt {} at 2 pm',
      'surgery scheduled for {}.',
      'labs from {} reviewed',
      'CXR on {} clear',
      'Blood cultures {}: no growth',
    ],
  },
  {
    name: 'month and year',
    forms: {
      'Month yyyy': (d) => `${name('en', d)} ${d.year}`,
      'Month of yyyy': (d) => `${name('en', d)} of ${d.year}`,
      'Mon yyyy': (d) => `${name('short', d)} ${d.year}`,
      'mm/yyyy': (d) => `${two(d.month)}/${d.year}`,
      'yyyy-mm': (d) => `${d.year}-${two(d.month)}`,
      'Month, yyyy': (d) => `${name('en', d)}, ${d.year}`,
      "Mon 'yy": (d) => `${name('short', d)} '${yy(d)}`,
      'Mon-yy': (d) => `${name('short', d)}-${yy(d)}`,
    },
    frames: [
      'diagnosed with CLL in {}',
      'prior MRI of {} is compared',
      'Admitted in {} with pneumonia.',
      'last seen in {}',
      'bypass surgery {} at an outside hospital',
      'in remission since {}',
    ],
  },
  {
    name: 'season or quarter and year',
    forms: {
      'season of yyyy': (d, r) => `${r.pick(['spring', 'summer', 'fall', 'winter', 'autumn'])} of ${d.year}`,
      'Season yyyy': (d, r) => `${r.pick(['Spring', 'Summer', 'Fall', 'Winter'])} ${d.year}`,
      'Qn yyyy': (d) => `Q${1 + (d.month % 4)} ${d.year}`,
    },
    frames: [
      'stroke in the {}',
      'since {} progressive dyspnea',
      'operated {}, uneventful',
      'symptoms began in {}',
      'hospitalized early {}',
    ],
  },
  {
    name: 'holidays',
    forms: {
      'Holiday yyyy': (d, r) => `${r.pick(HOLIDAYS)} ${d.year}`,
      'Holiday of yyyy': (d, r) => `${r.pick(HOLIDAYS)} of ${d.year}`,
      Holiday: (_, r) => r.pick(HOLIDAYS),
      'the day after Holiday': (_, r) => `the day after ${r.pick(HOLIDAYS)}`,
    },
    frames: ['She fell on {} and', 'admitted on {}.', 'symptoms since {}, worse now', 'last seen before {}'],
  },
  {
    name: 'spelled out',
    forms: {
      'the third of May nineteen sixty-one': (d) =>
        `${ordinalInWords(d.day)} of ${name('en', d)} ${yearInWords(d.year, '-')}`,
      'the third of May, nineteen sixty one': (d) =>
        `${ordinalInWords(d.day).replace('-', ' ')} of ${name('en', d)}, ${yearInWords(d.year, ' ')}`,
      'May third nineteen sixty-one': (d) =>
        `${name('en', d)} ${ordinalInWords(d.day)} ${yearInWords(d.year, '-')}`,
      'may the third, nineteen sixty one': (d) =>
        `${name('en', d).toLowerCase()} the ${ordinalInWords(d.day)}, ${yearInWords(d.year, ' ')}`,
      'the third of May': (d) => `${ordinalInWords(d.day)} of ${name('en', d)}`,
      'May third, 1961': (d) => `${name('en', d)} ${ordinalInWords(d.day)}, ${d.year}`,
      'May twenty-first': (d) => `${name('en', d)} ${ordinalInWords(d.day)}`,
    },
    frames: [
      'date of birth is {}',
      'seen on the {} in clinic',
      'operated {} without problems',
      'dictated {}',
      'He was admitted on {} with fever.',
    ],
  },
  {
    name: 'relative to a named month or weekday',
    forms: {
      'last Weekday': (_, r) => `last ${r.pick(WEEKDAYS)}`,
      'last Month': (d) => `last ${name('en', d)}`,
      'this past Weekday': (_, r) => `this past ${r.pick(WEEKDAYS)}`,
      'this past Month': (d) => `this past ${name('en', d)}`,
      'next Weekday': (_, r) => `next ${r.pick(WEEKDAYS)}`,
      'Month of last year': (d) => `${name('en', d)} of last year`,
    },
    frames: ['seen {} at the clinic', 'She fell {}.', 'scheduled for {}', 'He was admitted {} with sepsis'],
  },
];
