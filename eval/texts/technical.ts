import { createRequire } from 'node:module';
import { CID_7050 } from '../../src/mask/dicom/statement.ts';
import { readRulesJson } from '../../src/rules.ts';
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
];
const COUNT = 4000;

/** Short texts of the standards, as they stand in descriptions and code meanings: nobody is in them. */
export function technicalTexts(random: Random): LabelledText[] {
  const all = phrases();
  const own = [...Object.values(CID_7050), ...STATED];
  return Array.from({ length: COUNT }, (_, i) => {
    const phrase = i % 8 === 0 ? random.pick(own) : random.pick(all);
    const joined = random.chance(0.3)
      ? `${phrase}${random.pick([', ', '; ', ' - ', '/', ': '])}${random.pick(all)}`
      : phrase;
    const share = random.next();
    const text = share < 0.15 ? joined.toUpperCase() : share < 0.3 ? joined.toLowerCase() : joined;
    return { text, spans: [] };
  });
}
