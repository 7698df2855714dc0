import { readFileSync } from 'node:fs';
import type { HipaaCategory } from '../../../src/model/category.ts';
import { Random } from '../../random.ts';
import type { Case, Half } from './cases.ts';
import { account } from './families/account.ts';
import { device } from './families/device.ts';
import { email } from './families/email.ts';
import { fax } from './families/fax.ts';
import { ip } from './families/ip.ts';
import { licence } from './families/licence.ts';
import { mrn } from './families/mrn.ts';
import { phone } from './families/phone.ts';
import { plan } from './families/plan.ts';
import { ssn } from './families/ssn.ts';
import { url } from './families/url.ts';
import { vehicle } from './families/vehicle.ts';
import type { Family } from './family.ts';
import { FORM_FORMATTINGS, FORMATTINGS, type Formatting, LAYOUT_FORMATTINGS } from './hostile.ts';
import { oneOf } from './shapes.ts';

/** What stands in a slot: `{phone}` is any of these kinds, `{phone.british}` the one. */
const FAMILIES: Readonly<Record<string, readonly [Family, readonly string[]]>> = {
  phone: [phone, ['american', 'plain', 'british', 'antipodean', 'european', 'national']],
  fax: [fax, ['american', 'plain', 'british', 'european']],
  email: [email, ['address', 'veiled', 'numbered']],
  ssn: [ssn, ['dashed', 'spaced', 'plain']],
  mrn: [mrn, ['digits', 'mixed', 'parted']],
  plan: [plan, ['member']],
  account: [account, ['digits', 'mixed']],
  licence: [licence, ['driver']],
  vehicle: [vehicle, ['vin']],
  device: [device, ['serial']],
  url: [url, ['scheme', 'www', 'host']],
  ip: [ip, ['v4', 'private', 'port', 'v6']],
};

type Make = (random: Random) => string;

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const spoken =
  (picture: string): Make =>
  (random) =>
    [...oneOf(picture)(random)]
      .map((digit) => (digit === '0' && random.chance(0.5) ? 'oh' : (DIGITS[Number(digit)] ?? '')))
      .join(' ');

/** Kinds that no family has, and what is filled in without being judged. */
const OTHERS: Readonly<Record<string, readonly [HipaaCategory | undefined, Make]>> = {
  ext: [undefined, oneOf('8999', '899')],
  'ssn.swiss': ['G', oneOf('756.9999.9999.99')],
  'licence.lanr': ['K', oneOf('899999999')],
  'licence.rpps': ['K', oneOf('10999999999')],
  'licence.alien': ['K', oneOf('A999999999', 'A99999999')],
  spoken: ['H', spoken('89999999')],
  spokenphone: ['D', spoken('7997999999')],
  spokenssn: ['G', spoken('899999999')],
};

function slot(name: string, random: Random): readonly [HipaaCategory | undefined, string, Make] {
  const other = OTHERS[name];
  if (other !== undefined) return [other[0], name, other[1]];
  const [of = '', kind] = name.split('.');
  const known = FAMILIES[of];
  if (known === undefined) throw new Error(`no slot ${name}`);
  const [{ category, kinds }, general] = known;
  const chosen = kind ?? random.pick(general);
  const make = kinds[chosen]?.make;
  if (make === undefined) throw new Error(`no slot ${name}`);
  return [category, chosen, make];
}

const read = (name: string): string => readFileSync(new URL(`forms/${name}.txt`, import.meta.url), 'utf8');

/** One text a line; lines that begin with `# ` are headings. */
const linesOf = (name: string): string[] =>
  read(name)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '));

/** Texts of several lines, each between `<<<` and `>>>`. */
const layoutsOf = (name: string): string[] =>
  [...read(name).matchAll(/^<<<\n([\s\S]*?)\n>>>$/gm)].map((match) => match[1] ?? '');

/** Texts of a group that name nobody. */
export const cleanOf = (group: string): string[] => linesOf(`${group}-clean`);

/** Every slot of every phrasing and layout of a group, in every formatting that changes it. */
export function casesOfForms(group: string, half: Half, seed: number): Case[] {
  const random = new Random(seed);
  return [
    ...linesOf(group).flatMap((text) =>
      casesOfText(text, { ...FORMATTINGS, ...FORM_FORMATTINGS }, half, random),
    ),
    ...layoutsOf(`${group}-layouts`).flatMap((text) => casesOfText(text, LAYOUT_FORMATTINGS, half, random)),
  ];
}

function casesOfText(
  phrasing: string,
  formattings: Readonly<Record<string, Formatting>>,
  half: Half,
  random: Random,
): Case[] {
  const pieces = phrasing.split(/\{([a-z]+(?:\.[a-z0-9]+)?)\}/);
  const cases: Case[] = [];
  for (let judged = 1; judged < pieces.length; judged += 2) {
    for (const [formatting, format] of Object.entries(formattings)) {
      const filled = pieces.map((piece, i) => (i % 2 === 0 ? undefined : slot(piece, random)));
      const texts = pieces.map((piece, i) => filled[i]?.[2](random) ?? piece);
      const [category, kind] = filled[judged] ?? [];
      if (category === undefined || kind === undefined) continue;
      const made = format(
        {
          before: texts.slice(0, judged).join(''),
          value: texts[judged] ?? '',
          after: texts.slice(judged + 1).join(''),
        },
        random,
      );
      if (made === undefined) continue;
      cases.push({
        category,
        kind,
        half,
        formatting,
        phrasing,
        text: made.before + made.value + made.after,
        start: made.before.length,
        end: made.before.length + made.value.length,
      });
    }
  }
  return cases;
}
