import { createRequire } from 'node:module';
import { CID_7050 } from '../../src/mask/dicom/statement.ts';
import { readRulesJson, readWordList } from '../../src/rules.ts';
import type { Random } from '../random.ts';
import type { LabelledText } from './labelled.ts';

/** Names of attributes, classes and table entries of DICOM and HL7, and what masking says of itself. */
function phrases(): string[] {
  const { tags } = readRulesJson<{ tags: Record<string, [string, string, string]> }>('dicom/dictionary.json');
  const { classes } = readRulesJson<{ classes: Record<string, string> }>('dicom/sop-classes.json');
  const { tables } = createRequire(import.meta.url)('hl7-dictionary') as {
    tables: Record<string, { desc: string; values: Record<string, string> }>;
  };
  const keywords = Object.values(tags).map(([keyword]) => keyword.replace(/([a-z])(?=[A-Z])/g, '$1 '));
  const entries = Object.values(tables).flatMap(({ desc, values }) => [desc, ...Object.values(values)]);
  return [...keywords, ...Object.values(classes), ...entries].filter((phrase) => /\p{L}{2}/u.test(phrase));
}

/** As masking writes into (0012,0063) and (0008,2111). */
const STATED = [
  'phi-gate 0.1 safe-harbor: PS3.15 Annex E, Basic Application Level Confidentiality Profile',
  'text in the pixels blacked out',
  'face blanked',
  'phi-gate: text in the pixels blacked out',
  'attributes kept by rules of the project',
  'Lossy compression with JPEG baseline, IJG quality factor 90, compression ratio 12.5',
  'JPEG 2000 reversible (lossless)',
  'JPEG 2000 lossy 30:1',
  'JPEG-LS near lossless compression, factor 9.2 (NEAR=3)',
  'JPEG compression, selection value 1, point transform 0, compression ratio 2.4',
  'RLE lossless, converted from YBR_FULL to RGB',
  'take 2 capsules by mouth three times daily with food',
  '1 tablet by mouth at bedtime as needed',
  'Basic metabolic panel - Serum or Plasma',
  'milligrams per deciliter',
  'Transport medium, viral',
  'Eligible - Federally Qualified Health Center patient (under-insured)',
  'Vaccine for Children',
  'Whole slide image, label area, thumbnail, macro camera',
  'Respiratory gated, 4D MIP, average',
  'Blood pressure panel with all children optional',
  'Urinalysis complete panel',
  'Structured Reporting Templates',
];
const COUNT = 4000;

/** What eponyms, drugs, organisms and makers stand beside; `%` is one of them with a capital, `^` in capitals. */
const BESIDE = [
  'positive %',
  'negative % sign',
  '%-% classification',
  '% type II fracture',
  'modified % procedure',
  'a % retractor was placed',
  'graded by %',
  '% grade 3',
  '% score 14',
  'the % criteria',
  'per the % formula',
  '% and % methods',
  'after a % repair, % drain out',
  '% stage III',
  'known % disease, on %',
  'closed with a % suture',
  '%’s triangle',
  '% test equivocal, % negative',
  'no % or % signs',
  'views: % and %',
  '^ VIEW',
  '^ AND ^ VIEWS',
  'S/P ^ PROCEDURE',
  '%/% clamp',
  'by the % technique (% modification)',
  '% maneuver, then %',
];
const DRUGS = [
  '% 40 mg daily',
  'start % and stop %',
  '% 5 BID',
  'on %, % and %',
  'allergic to %',
  '% XR 150',
  '^ 500 MG PO',
  'refill % #30',
  '% held for INR 4.1',
  'grew %',
  '% species',
  'culture: %',
  'rule out %',
  '% IgM negative',
  '% titer 1:64',
  'sensitive to %',
];
const MAKERS = [
  '% pump',
  '% lead',
  'a % catheter',
  '% model 402',
  'the % system was used',
  '% stent',
  'reads on a % monitor',
  'drinks %',
  'wears a % watch',
];

const filled = (frame: string, words: readonly string[], random: Random): string =>
  frame
    .replace(/%/g, () => {
      const word = random.pick(words);
      return word.charAt(0).toUpperCase() + word.slice(1);
    })
    .replace(/\^/g, () => random.pick(words).toUpperCase());

/** Things called like people, among the words that stand beside them: nobody is in them. */
function things(random: Random): string[] {
  const list = (...names: readonly string[]) => names.flatMap(readWordList);
  const eponyms = list('eponyms', 'staged-eponyms', 'lone-eponyms');
  const drugs = list('drugs', 'organisms');
  const makers = list('makers', 'brands');
  const one = (): string => {
    const share = random.next();
    if (share < 0.5) return filled(random.pick(BESIDE), eponyms, random);
    return share < 0.8
      ? filled(random.pick(DRUGS), drugs, random)
      : filled(random.pick(MAKERS), makers, random);
  };
  return Array.from({ length: COUNT }, () =>
    Array.from({ length: random.whole(1, 4) }, one).join(random.pick(['. ', ', ', '; ', '\n', ' '])),
  );
}

/** Short texts of the standards, as they stand in descriptions and code meanings: nobody is in them. */
export function technicalTexts(random: Random): LabelledText[] {
  const all = phrases();
  const own = [...Object.values(CID_7050), ...STATED];
  const standards = Array.from({ length: COUNT }, (_, i) => {
    const phrase = i % 8 === 0 ? random.pick(own) : random.pick(all);
    const joined = random.chance(0.3)
      ? `${phrase}${random.pick([', ', '; ', ' - ', '/', ': '])}${random.pick(all)}`
      : phrase;
    const share = random.next();
    const text = share < 0.15 ? joined.toUpperCase() : share < 0.3 ? joined.toLowerCase() : joined;
    return text;
  });
  return [...standards, ...things(random)].map((text) => ({ text, spans: [] }));
}
