import type { Random } from '../random.ts';

/** Words of one line; `identifying` says which of them point to somebody. All are invented. */
export interface TextLine {
  readonly words: readonly string[];
  readonly identifying: readonly boolean[];
}

const FAMILY = [
  'Hollowayne',
  'Trevellick',
  'Greenhalge',
  'Abercrombie',
  'Kowalczyk',
  'Fitzwilliam',
  'Okonjwu',
  'Lindqvist',
  'Marchetti',
  'Vandermeer',
  'Quillfeather',
  'Brandvold',
  'Castellane',
  'Drummersby',
  'Eskelinen',
  'Farnswick',
  'Ghanbary',
  'Hawthorne',
  'Ivanescu',
  'Juskowiak',
];
const GIVEN = [
  'Martha',
  'Orrin',
  'Eugenia',
  'Petra',
  'Imogen',
  'Rosalind',
  'Desmond',
  'Cordelia',
  'Anselm',
  'Bettina',
  'Casimir',
  'Dorothea',
  'Ferdinand',
  'Gwendolyn',
  'Horatio',
  'Isolde',
];
const PLACES = [
  'Northshore',
  'Belmarsh',
  'Hexborough',
  'Larkmoor',
  'Southbay',
  'Thornwick',
  'Quarrington',
  'Millbrook',
  'Ashgrove',
  'Fernleigh',
];
const SITES = ['Hospital', 'Clinic', 'Imaging', 'Infirmary', 'Radiology'];
/** What scanners write besides: it names nobody. */
const TECHNIQUE = [
  ['MI', '1.1'],
  ['TIS', '0.4'],
  ['Gn', '60'],
  ['2D', '64%'],
  ['Gain', '52'],
  ['28Hz'],
  ['16cm'],
  ['C5-1'],
  ['FR', '42Hz'],
  ['Depth', '12.0cm'],
  ['DR', '60'],
  ['Map', '3'],
  ['Liver'],
  ['Abdomen'],
  ['Right', 'Kidney'],
  ['LEFT'],
  ['ZOOM'],
  ['L', 'Thyroid', 'Long'],
  ['WL', '40', 'WW', '400'],
  ['kV', '120'],
  ['mA', '220'],
  ['SL', '5.0mm'],
  ['Res'],
  ['THI'],
];

type Make = (random: Random) => TextLine;

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, (_, i) => random.whole(i === 0 ? 1 : 0, 9)).join('');
const two = (value: number): string => String(value).padStart(2, '0');
const line = (words: string[], ...identifying: boolean[]): TextLine => ({ words, identifying });

function dateOf(random: Random): string {
  const [year, month, day] = [random.whole(1932, 2024), random.whole(1, 12), random.whole(1, 28)];
  const name = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'][
    month - 1
  ];
  return random.pick([
    `${two(month)}/${two(day)}/${year}`,
    `${year}-${two(month)}-${two(day)}`,
    `${two(day)}.${two(month)}.${year}`,
    `${two(day)}-${name}-${year}`,
  ]);
}

const clock = (random: Random): string =>
  [random.whole(7, 18), random.whole(0, 59), random.whole(0, 59)].map(two).join(':');

const cased = (random: Random, text: string): string => (random.chance(0.6) ? text.toUpperCase() : text);

const MAKERS: readonly Make[] = [
  (r) => line([`${cased(r, r.pick(FAMILY))},`, cased(r, r.pick(GIVEN))], true, true),
  (r) => line([cased(r, r.pick(GIVEN)), cased(r, r.pick(FAMILY))], true, true),
  (r) => line([r.pick(['MRN', 'ID:', 'Pat.', 'ID']), digits(r, r.whole(7, 10))], false, true),
  (r) => line(['DOB', dateOf(r)], false, true),
  (r) => line([dateOf(r), clock(r)], true, true),
  (r) => line([r.pick(['Acc', 'Acc#', 'ACC:']), `${r.pick(['A', 'E', 'US'])}${digits(r, 8)}`], false, true),
  (r) => line([cased(r, r.pick(PLACES)), cased(r, r.pick(SITES))], true, true),
  (r) => line([`${two(r.whole(200, 989))}-555-01${two(r.whole(0, 99))}`], true),
  (r) => line(['Dr.', cased(r, r.pick(FAMILY))], false, true),
];

/** Lines as a scanner burns them in: a few that identify, one or two of technique. */
export function burnedIn(random: Random): TextLine[] {
  const makers = [...MAKERS].sort(() => random.next() - 0.5).slice(0, random.whole(2, 5));
  return [...makers.map((make) => make(random)), technique(random), technique(random)];
}

/** A line that names nobody. */
export function technique(random: Random): TextLine {
  const words = random.pick(TECHNIQUE);
  return { words, identifying: words.map(() => false) };
}
