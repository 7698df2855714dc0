import { readWordList } from '../../../src/rules.ts';
import type { Random } from '../../random.ts';

/** An invented patient: names put together at random, numbers of no issuer. */
export interface Person {
  readonly family: string;
  readonly given: string;
  readonly middle: string;
  /** The name in its own script, `family given`, where it has one. */
  readonly native?: { readonly family: string; readonly given: string };
  /** YYYYMMDD. */
  readonly birth: string;
  readonly mrn: string;
  readonly account: string;
  readonly accession: string;
  readonly phone: string;
  readonly street: string;
}

/** Family and given names by language; of each the parts are combined freely. */
const NATIONS: readonly (readonly [families: string, givens: string])[] = [
  [
    "O'Brien|MacLeod|McAllister|Featherstone|St. John|Thistlewood|Pemberton-Hale|O'Shaughnessy|Blackwood|Entwistle",
    'Philippa|Alistair|Gwendolyn|Fergus|Rosalind|Nigel|Siobhan|Declan',
  ],
  [
    'Müller|Schäfer|Großmann|von der Heide|Köhler|Weißenberger|Jürgensen|Bäumer|Schröder-Vogt|Lindenschmidt',
    'Jürgen|Käthe|Wolfgang|Liselotte|Günther|Ulrike|Björn|Annegret',
  ],
  [
    'Lefèvre|Dubois-Renaud|de la Fontaine|Beauséjour|Chevalier|Garçon|Desrosiers|Thibodeaux',
    'Geneviève|François|Élodie|Gaétan|Thérèse|Marcel|Aurélie|Benoît',
  ],
  [
    'García Lorca|Muñoz|de la Cruz|Hernández|Ibáñez|Villanueva|Etxeberria|Rodríguez-Sanz|Castañeda',
    'José María|Guadalupe|Íñigo|Concepción|Joaquín|Francisco|Lucía|Ximena',
  ],
  ['Esposito|Di Lorenzo|Zampognaro|Bevilacqua|Lo Presti|Quattrocchi', 'Giuseppe|Annunziata|Salvatore|Chiara'],
  [
    'Gonçalves|dos Santos|Magalhães|Figueiredo|da Conceição|Albuquerque',
    'João|Conceição|Thiago|Mariana|Estêvão|Leonor',
  ],
  ['van der Berg|de Vries|van den Heuvel|Ter Horst|Oosterhuis|Vermeulen', 'Willemijn|Pieter|Joost|Marieke'],
  [
    'Sørensen|Ångström|Bjørnstad|Hämäläinen|Gunnarsdóttir|Lindqvist|Kristoffersen',
    'Søren|Åsa|Øystein|Päivi|Sigríður',
  ],
  [
    'Wiśniewski|Szczepański|Dvořák|Kovačević|Horváth|Łukasiewicz|Černý|Ștefănescu',
    'Grzegorz|Małgorzata|Jiří|Ágnes|Zdeněk',
  ],
  [
    'Papadopoulos|Yıldırım|Öztürk|Kavakçıoğlu|Haddad|Ben Youssef|al-Rashid|bin Salman',
    'Nikolaos|Ayşegül|Mehmet|Fatima|Abdullah|Mohammed',
  ],
  [
    'Okonkwo|Adebayo|Nkemelu|Mwangi|Tshabalala|Ogunleye|Abebe',
    'Chukwuemeka|Ngozi|Oluwaseun|Wanjiku|Thandiwe',
  ],
  [
    'Venkataraman|Chatterjee|Krishnamurthy|Deshpande|Bhattacharya|Subramanian',
    'Lakshmi|Raghunath|Priyanka|Arjun|Sarasvati',
  ],
  ['Nguyễn|Trần|Hoàng|Santos-Reyes|Dimaculangan|Wijaya', 'Thị Hương|Quang Minh|Kim Ngân|Bayani|Kusuma'],
  ['Kim|Park|Wong|Zhang|Takahashi|Watanabe|Li|Ng', 'Min-jun|Seo-yeon|Xiaoming|Haruto|Wei|Yuki'],
];

/** Family and given name in the script and in Latin letters. */
const NATIVE: readonly (readonly [family: string, given: string, latinFamily: string, latinGiven: string])[] =
  [
    ['Соколов', 'Дмитрий', 'Sokolov', 'Dmitriy'],
    ['Кузнецова', 'Екатерина', 'Kuznetsova', 'Ekaterina'],
    ['Шевченко', 'Оксана', 'Shevchenko', 'Oksana'],
    ['Παπαδόπουλος', 'Νικόλαος', 'Papadopoulos', 'Nikolaos'],
    ['山田', '太郎', 'Yamada', 'Tarou'],
    ['王', '小明', 'Wang', 'XiaoMing'],
    ['김', '희중', 'Gim', 'Huijung'],
    ['الحداد', 'فاطمة', 'Alhaddad', 'Fatima'],
    ['כהן', 'אברהם', 'Cohen', 'Avraham'],
  ];

const COMMON_FAMILIES =
  'Brown Young Rose Long Price Hope Black White Green Hill Day Bush Cook Stone Rice Love Wood Bell'.split(
    ' ',
  );
const COMMON_GIVENS = 'May Will Grace Hope Rose Mark Faith Joy Frank Amber Dawn Chase Gene Summer'.split(' ');
const STREETS = 'Larkspur|Thornbury|Old Mill|Kestrel|Winding Creek|Saint Aubin|Quarry'.split('|');
const STREET_TYPES = 'Road|Street|Avenue|Lane|Drive|Court'.split('|');

const listed = (name: string): readonly string[] =>
  readWordList(name).map((word) => word.charAt(0).toUpperCase() + word.slice(1));

let names: { families: readonly string[]; givens: readonly string[] } | undefined;

/** People of many countries; one in eight has an ordinary word for a name, half have frequent names of the USA. */
export function makePeople(random: Random, count: number): Person[] {
  names ??= { families: listed('surnames'), givens: listed('first-names') };
  return Array.from({ length: count }, () => person(random));
}

function person(random: Random): Person {
  const named = nameOf(random);
  const digits = (length: number): string =>
    Array.from({ length }, (_, i) => random.whole(i === 0 ? 1 : 0, 9)).join('');
  return {
    ...named,
    middle: random.pick(names?.givens ?? []),
    birth: `${random.whole(1925, 2015)}${two(random.whole(1, 12))}${two(random.whole(2, 28))}`,
    mrn: random.chance(0.3) ? `00${digits(6)}` : digits(random.whole(7, 9)),
    account: `${random.pick(['A', 'AB-', 'V', 'PT'])}${digits(random.whole(6, 8))}`,
    accession: `${random.pick(['ACC', 'R', 'XR-'])}${digits(2)}-${digits(6)}`,
    phone: `(${random.whole(201, 989)}) ${random.whole(200, 999)}-${digits(4)}`,
    street: `${random.whole(2, 9899)} ${random.pick(STREETS)} ${random.pick(STREET_TYPES)}`,
  };
}

function nameOf(random: Random): Pick<Person, 'family' | 'given' | 'native'> {
  const draw = random.next();
  if (draw < 0.12)
    return random.chance(0.5)
      ? { family: random.pick(COMMON_FAMILIES), given: ranked(random, names?.givens ?? []) }
      : { family: ranked(random, names?.families ?? []), given: random.pick(COMMON_GIVENS) };
  if (draw < 0.55)
    return { family: ranked(random, names?.families ?? []), given: ranked(random, names?.givens ?? []) };
  if (draw < 0.65) {
    const [nativeFamily, nativeGiven, family, given] = random.pick(NATIVE);
    return { family, given, native: { family: nativeFamily, given: nativeGiven } };
  }
  const [families, givens] = random.pick(NATIONS);
  return { family: random.pick(families.split('|')), given: random.pick(givens.split('|')) };
}

/** Frequent names more often, as in a hospital. */
const ranked = (random: Random, list: readonly string[]): string =>
  list[Math.floor(list.length * random.next() ** 2)] ?? '';

const two = (value: number): string => String(value).padStart(2, '0');
