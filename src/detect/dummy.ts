import { readRulesJson } from '../rules.ts';
import { withoutPlaceholders } from './placeholders.ts';

/** Words that de-identifiers and sites write where nothing is known or all was removed. */
const DUMMY_WORDS =
  /^(?:anon(?:y|ym|ymous|ymi[sz]ed|ymi[sz]e|omized)?|removed|deleted|redacted|masked|hidden|blank|empty|cleared|dei?d(?:ent(?:ified)?)?|deidentified|unknown|unk|unspecified|undefined|unavailable|undisclosed|not ?(?:available|applicable|known|given|provided|specified|recorded|set)|none|nil|null|no ?(?:name|id|value|data)|noname|n ?\/? ?a|na|tbd|dummy|default|test|patient|subject|name|phantom|pseudonym(?:i[sz]ed)?|confidential|private|restricted|value|abcd?|xyz|xx+yz*|x+|\*+|-+|\?+|\.+|_+|#+)$/i;

/** `ANON12`, `ANON_0042`, `ANON-4F7K`: what follows is a running number or a short code with a digit in it. */
const DUMMY_NUMBERED =
  /^(?:anon(?:ymous|ymized|ymised)?|deid(?:entified)?|removed)(?:(?:[-_ ][a-z]{0,3})?\d{0,12}|[-_ ](?=[a-z]*\d)[a-z0-9]{1,12})$/i;

const DUMMY_DATES = /^(?:1?9000101|18000101|18581117|17530101|19000102|00000000|99991231|00010101|19700101)/;
/** Days whose digits are all the same are days: 2/22/22. */
const SAME_DIGIT_DAY = /^[12]{1,2}([-/.])[12]{1,2}\1(?:11|22)$/;
const DUMMY_UIDS = /^(?:0(?:\.0)*|1\.2\.3(?:\.[45]){0,2}|2\.25\.0)$/;

/**
 * Whether a value names nobody: empty, zeros, one repeated character, `ANON...`, `REMOVED`, `N/A`, 19000101, a
 * placeholder of our own. `kind` narrows the reading of dates and UIDs. A name is a dummy when each part is one.
 */
export function isDummy(value: string, kind?: string): boolean {
  const text = withoutPlaceholders(value).trim();
  if (isDummyWord(text)) return true;
  if (kind === 'date' && text === '1900') return true;
  if (kind === 'date' && DUMMY_DATES.test(text.replace(/[-/. ]/g, ''))) return true;
  if (DUMMY_DATES.test(text) && /^\d{8}(?:0*)$/.test(text)) return true;
  if (DUMMY_UIDS.test(text)) return true;
  const parts = text.split(/[\^=\\&~,;\s]+/).filter((part) => part !== '');
  return parts.length > 1 && parts.every(isDummyWord);
}

function isDummyWord(text: string): boolean {
  if (text === '' || text === '""') return true;
  if (SAME_DIGIT_DAY.test(text)) return false;
  const compact = text.replace(/[\s.,;:()/_+-]/g, '');
  if (compact === '') return true;
  if (/^\d+$/.test(compact)) return compact.length > 3 ? /^(\d)\1*$/.test(compact) : /^0+$/.test(compact);
  if (/^([a-z])\1{2,}$/i.test(compact)) return true;
  return DUMMY_WORDS.test(text) || DUMMY_WORDS.test(compact) || DUMMY_NUMBERED.test(text);
}

let keptAreas: Set<string> | undefined;

/** ZIP3 areas with more than 20,000 people, and 000 (164.514(b)(2)(i)(B)). */
function isKeptZip3(prefix: string): boolean {
  keptAreas ??= new Set(readRulesJson<{ allowed: string[] }>('detect/zip3.json').allowed);
  return prefix === '000' || keptAreas.has(prefix);
}

/**
 * Whether a value has a masked form, exactly these (HIPAA.md): DA `YYYY0101`; DT `YYYY`; HL7 DT, TS, DTM, DR `YYYY`
 * (`YYYY0101` before v2.3, where the year alone is not allowed); AS up to 089Y, or `090Y`; HL7 ages up to 90; a
 * ZIP3 of more than 20,000 people, or 000. `kind` is a VR, an HL7 data type, `age` or `zip`; `yearAlone`: HL7 of v2.3 or
 * later.
 */
export function isMaskedForm(value: string, kind: string, yearAlone = false): boolean {
  const text = value.trim();
  if (yearAlone && /^\d{4}0101$/.test(text)) return false;
  switch (kind) {
    case 'DA':
      return /^\d{4}0101$/.test(text);
    case 'date':
    case 'TS':
    case 'DTM':
    case 'DR':
      return /^\d{4}(?:0101)?$/.test(text);
    case 'DT':
      // DICOM DT and HL7 DT share their two letters: the one is a year, the other a year or `YYYY0101`.
      return /^\d{4}(?:0101)?$/.test(text);
    case 'AS':
      return isMaskedAge(text);
    case 'age':
      return isMaskedAge(text) || (/^\d{1,3}(?:\.\d+)?$/.test(text) && Number(text) <= 90);
    case 'zip':
      return /^\d{3}$/.test(text) && isKeptZip3(text);
    default:
      return false;
  }
}

/** AS of PS3.5 6.2: `nnnD`, `nnnW`, `nnnM` or `nnnY`; above 89 years only the cap `090Y`. */
function isMaskedAge(text: string): boolean {
  const match = /^(\d{3})([DWMY])$/.exec(text);
  if (!match) return false;
  return match[2] !== 'Y' || Number(match[1]) <= 90;
}
