import type { Random } from '../../random.ts';
import { inWords, ordinal, ordinalInWords } from './numbers.ts';
import type { Slot } from './slots.ts';

/** An age over 89, mostly in the nineties. */
export const oldAge = (random: Random): number =>
  random.chance(0.8) ? random.whole(91, 99) : random.whole(100, 112);

/** An age that may stay. */
export const youngAge = (random: Random): number => random.whole(18, 89);

const BEFORE_NOUN = [
  'a {} woman with chest pain',
  'This {} man was brought in by ambulance',
  'Pt is a {} female s/p fall',
  'The patient is an otherwise well {} gentleman.',
  'HPI: {} gentleman, hip fracture, on apixaban',
  'Frail {} lady from a nursing home',
  'Consult for {} M w/ delirium',
  'We met this {} widow and her daughter.',
];
const AFTER_VERB = [
  'She is {} and lives alone.',
  'Patient, {}, fell at home',
  'the mother, now {}, has dementia',
  'He was {} at the time of the stroke.',
  'Mrs. [NAME] is {}; she walks with a frame',
  'though {}, he still drives',
];
const LABELLED = [
  'Age: {}  Sex: F',
  'AGE {} / SEX M',
  'PATIENT AGE: {}',
  'Age = {}',
  'age is {}, weight 54 kg',
  'aged {}, with two daughters',
  'died at the age of {} of pneumonia',
  'lived to age {}',
  'pt age: {}, allergies: none',
];

/** Ages over 89: shapes of one grammar with the sentences that they fit. `n` is always the age in years. */
export const AGES: readonly Slot<number>[] = [
  {
    name: 'digits before a noun',
    forms: {
      'n-year-old': (n) => `${n}-year-old`,
      'n year old': (n) => `${n} year old`,
      'n years old': (n) => `${n} years old`,
      'n yo': (n) => `${n} yo`,
      nyo: (n) => `${n}yo`,
      'n y.o.': (n) => `${n} y.o.`,
      'n y/o': (n) => `${n} y/o`,
      'n-yr-old': (n) => `${n}-yr-old`,
      'n yr old': (n) => `${n} yr old`,
      'n Y.O.': (n) => `${n} Y.O.`,
      'n YEAR OLD': (n) => `${n} YEAR OLD`,
      'n year-old': (n) => `${n} year-old`,
      'n-year-, broken, old': (n) => `${n}-year-\nold`,
      'n year, broken, old': (n) => `${n} year\nold`,
      'n-y-o': (n) => `${n}-y-o`,
      'n‑year‑old': (n) => `${n}‑year‑old`,
    },
    frames: BEFORE_NOUN,
  },
  {
    name: 'words before a noun',
    forms: {
      'ninety-one-year-old': (n) => `${inWords(n, '-')}-year-old`,
      'ninety-one year old': (n) => `${inWords(n, '-')} year old`,
      'ninety one year old': (n) => `${inWords(n, ' ')} year old`,
      'Ninety-One-Year-Old': (n) => `${inWords(n, '-').replace(/(^|-)\w/g, (c) => c.toUpperCase())}-Year-Old`,
      'NINETY ONE YEAR OLD': (n) => `${inWords(n, ' ').toUpperCase()} YEAR OLD`,
    },
    frames: BEFORE_NOUN,
  },
  {
    name: 'after a verb',
    forms: {
      'n years old': (n) => `${n} years old`,
      'n years of age': (n) => `${n} years of age`,
      'n y.o.': (n) => `${n} y.o`,
      'ninety-one years old': (n) => `${inWords(n, '-')} years old`,
      'ninety one years of age': (n) => `${inWords(n, ' ')} years of age`,
      'n yrs old': (n) => `${n} yrs old`,
    },
    frames: AFTER_VERB,
  },
  {
    name: 'labelled',
    forms: {
      n: (n) => `${n}`,
      ny: (n) => `${n}y`,
      'n years': (n) => `${n} years`,
      'n yrs': (n) => `${n} yrs`,
      '0nnY': (n) => `${String(n).padStart(3, '0')}Y`,
      'ninety-one': (n) => inWords(n, '-'),
      'ninety one': (n) => inWords(n, ' '),
      'ninety-one years': (n) => `${inWords(n, '-')} years`,
    },
    frames: LABELLED,
  },
  {
    name: 'with the sex',
    forms: {
      nF: (n) => `${n}F`,
      'n F': (n) => `${n} F`,
      'n y/o F': (n) => `${n} y/o F`,
      nyoM: (n) => `${n}yoM`,
      nM: (n) => `${n}M`,
      'n M': (n) => `${n} M`,
      'n female': (n) => `${n} female`,
      'n/F': (n) => `${n}/F`,
      'F/n': (n) => `F/${n}`,
      'n y F': (n) => `${n} y F`,
      'n yr F': (n) => `${n} yr F`,
    },
    frames: [
      'Pt {} here for follow up',
      '{} with SOB x 3 days',
      'Patient: {}, from SNF',
      '[NAME], {}, admitted with sepsis',
      'ED triage - {} c/o abd pain',
      'handoff: {}, DNR, room air',
    ],
  },
  {
    name: 'birthdays',
    forms: {
      '95th birthday': (n) => `${ordinal(n)} birthday`,
      'ninety-fifth birthday': (n) => `${ordinalInWords(n)} birthday`,
      '95th bday': (n) => `${ordinal(n)} bday`,
    },
    frames: [
      'She celebrated her {} on the ward.',
      'shortly after his {} he stopped eating',
      'Family came for the {} party',
      'Recently had her {}.',
    ],
  },
  {
    name: 'turning',
    forms: { n: (n) => `${n}`, 'ninety-one': (n) => inWords(n, '-'), 'ninety one': (n) => inWords(n, ' ') },
    frames: [
      'He turned {} last month.',
      'She will turn {} in the spring',
      'turning {} this year',
      'just turned {}, still independent',
      'She reached {} without any medication.',
    ],
  },
  {
    name: 'at an age',
    forms: { n: (n) => `${n}`, 'ninety-one': (n) => inWords(n, '-') },
    frames: [
      'Her father died at {} of a stroke.',
      'Mother passed away at {} (old age)',
      'Grandmother lived to be {}',
      'at the age of {}, she moved in with her son',
      'at age {} he broke his hip',
      'diagnosed at age {}',
      'Father deceased, age {}',
      'FH: mother d. age {}, CVA',
    ],
  },
  {
    name: 'decades',
    forms: {
      nineties: () => 'nineties',
      '90s': () => '90s',
      "90's": () => "90's",
      'early nineties': () => 'early nineties',
      'late 90s': () => 'late 90s',
      'mid-nineties': () => 'mid-nineties',
    },
    frames: [
      'a woman in her {}',
      'He is in his {} and frail',
      'parents both lived into their {}',
      'she was well into her {}',
    ],
  },
  {
    name: 'words for the old',
    forms: {
      nonagenarian: () => 'nonagenarian',
      centenarian: () => 'centenarian',
      'a hundred years old': () => 'a hundred years old',
    },
    frames: [
      'a frail {} with delirium',
      'She is {} by now',
      'this {} was found on the floor',
      'Pt, {}, refuses surgery',
    ],
  },
  {
    name: 'units',
    forms: {
      PnY: (n) => `P${n}Y`,
      nnnY: (n) => `${String(n).padStart(3, '0')}Y`,
      months: (n) => `${n * 12 + 3} months old`,
      'n-month-old': (n) => `${n * 12 + 1}-month-old`,
      'age in months': (n) => `age ${n * 12 + 5} months`,
      'age of months': (n) => `aged ${n * 12} mos`,
    },
    frames: ['CT chest, {}, no prior', 'Patient {}; allergies none', 'demographics: {}', '{}'],
  },
  {
    name: 'years of birth',
    forms: { yyyy: (n) => `${2026 - n - 3}` },
    frames: [
      'She was born in {} in a small town.',
      'YOB: {}',
      'DOB {}',
      'DOB: {}  SEX: M',
      'b. {}, retired teacher',
      'Year of birth {}',
      'birth year: {}',
      'Birthdate: {}',
      'Patient (born {}) is bedbound',
      'né en {}',
      'geb. {}',
    ],
  },
];
