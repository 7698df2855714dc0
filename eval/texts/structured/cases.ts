import type { HipaaCategory } from '../../../src/model/category.ts';
import { Random } from '../../random.ts';
import { account } from './families/account.ts';
import { device } from './families/device.ts';
import { email } from './families/email.ts';
import { fax } from './families/fax.ts';
import { ip } from './families/ip.ts';
import { licence } from './families/licence.ts';
import { mrn } from './families/mrn.ts';
import { phone } from './families/phone.ts';
import { plan } from './families/plan.ts';
import { SECOND } from './families/second.ts';
import { ssn } from './families/ssn.ts';
import { THIRD } from './families/third.ts';
import { UNSEEN } from './families/unseen.ts';
import { url } from './families/url.ts';
import { vehicle } from './families/vehicle.ts';
import type { Family, Kind } from './family.ts';
import { casesOfForms } from './forms.ts';
import { FORMATTINGS, type Told } from './hostile.ts';

export const FAMILIES: readonly Family[] = [
  phone,
  fax,
  email,
  ssn,
  mrn,
  plan,
  account,
  licence,
  vehicle,
  device,
  url,
  ip,
];

/**
 * `dev` is what rules are tuned on; `held` is measured alone; `fresh` was written when the rules were done. `forms` are
 * other forms and layouts; `last` is the group of them that was written last, with the least usual words.
 */
export type Half = 'dev' | 'held' | 'fresh' | 'forms' | 'last';

/** One text with one identifier. */
export interface Case {
  readonly category: HipaaCategory;
  readonly kind: string;
  readonly half: Half;
  /** How it is written, and with which words. */
  readonly formatting: string;
  readonly phrasing: string;
  readonly text: string;
  /** In code units. */
  readonly start: number;
  readonly end: number;
}

const SEED = 40_417;
/** Values for each phrasing and formatting. */
const VALUES = 1;

/** Half of the phrasings, by a number that their words make. */
function halfOf(phrasing: string): Half {
  let sum = SEED;
  for (const char of phrasing) sum = (Math.imul(sum, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return new Random(sum).chance(0.5) ? 'dev' : 'held';
}

const withEnds = ({ before, value, after }: Told) => ({
  text: before + value + after,
  start: before.length,
  end: before.length + value.length,
});

/** Groups of forms and layouts, in the order in which they were written. */
export const FORM_GROUPS = ['fourth', 'fifth', 'sixth', 'seventh'] as const;

/** Every phrasing of every category in every formatting that changes it. */
export function casesInContext(): Case[] {
  return [
    ...casesOf(FAMILIES, new Random(SEED)),
    ...casesOf(SECOND, new Random(SEED + 3)),
    ...casesOf(THIRD, new Random(SEED + 4)),
    ...casesOf(UNSEEN, new Random(SEED + 5), 'fresh'),
    ...FORM_GROUPS.flatMap((group, i) =>
      casesOfForms(group, group === 'seventh' ? 'last' : 'forms', SEED + 6 + i),
    ),
  ];
}

function casesOf(families: readonly Family[], random: Random, half?: Half): Case[] {
  const cases: Case[] = [];
  for (const { category, kinds, phrasings } of families) {
    const told: (readonly [string, readonly [string, Kind][]])[] = Object.entries(kinds).flatMap(
      ([name, kind]) => (kind.phrasings ?? []).map((phrasing) => [phrasing, [[name, kind]]] as const),
    );
    const general = Object.entries(kinds).filter(([, kind]) => kind.phrasings === undefined || kind.shaped);
    for (const [phrasing, choices] of [
      ...told,
      ...phrasings.map((phrasing) => [phrasing, general] as const),
    ]) {
      const [before = '', after = ''] = phrasing.split('{v}');
      for (const [formatting, format] of Object.entries(FORMATTINGS)) {
        for (let i = 0; i < VALUES; i++) {
          const [kind, { make }] = random.pick(choices);
          const made = format({ before, value: make(random), after }, random);
          if (made === undefined) continue;
          cases.push({
            category,
            kind,
            half: half ?? halfOf(phrasing),
            formatting,
            phrasing,
            ...withEnds(made),
          });
        }
      }
    }
  }
  return cases;
}

/** Running text that says nothing of what the value is. */
const NEUTRAL = [
  '{v}',
  'noted {v} today',
  'Stable. {v} Continue as before.',
  'see {v}, then review',
  '({v})',
  'as above; {v}',
  'Impression unchanged {v}',
  '{v} - reviewed',
  'A\n{v}\nB',
  'He said {v} twice.',
];

/** Formattings that leave a bare value what it is. */
const BARE = [
  'plain',
  'wide spaces',
  'other spaces',
  'typographic dashes',
  'full-width digits',
  'unseen characters',
  'parentheses',
  'quotes',
  'entities',
];

/** Values whose shape alone says what they are, in text that does not. */
export function casesWithoutContext(): Case[] {
  const random = new Random(SEED + 1);
  const cases: Case[] = [];
  for (const { category, kinds } of FAMILIES) {
    for (const [kind, { make, shaped }] of Object.entries(kinds)) {
      if (!shaped) continue;
      for (const formatting of BARE) {
        for (const phrasing of NEUTRAL) {
          for (let i = 0; i < 3; i++) {
            const [before = '', after = ''] = phrasing.split('{v}');
            const made = FORMATTINGS[formatting]?.({ before, value: make(random), after }, random);
            if (made === undefined) continue;
            cases.push({
              category,
              kind,
              half: i === 0 ? 'dev' : 'held',
              formatting,
              phrasing,
              ...withEnds(made),
            });
          }
        }
      }
    }
  }
  return cases;
}

/** Numbers and codes of the categories that are only numbers without their label. */
export function bareNumbers(): string[] {
  const random = new Random(SEED + 2);
  const pictures = [
    '899999',
    '8999999',
    '89999999',
    '899999999',
    '8999999999',
    '89999999999',
    '899999999999',
  ];
  return pictures.flatMap((picture) =>
    NEUTRAL.flatMap((phrasing) =>
      Array.from({ length: 5 }, () =>
        phrasing.replace(
          '{v}',
          picture.replace(/[89]/g, (digit) => String(random.whole(digit === '8' ? 1 : 0, 9))),
        ),
      ),
    ),
  );
}
