import type { Random } from '../../random.ts';
import type { Variant } from './name-variants.ts';

/** Texts of the places where identifiers stay behind; `{}` is where one stands. */
const SENTENCES = [
  'The patient returned for follow up and {} agrees with the plan as discussed.',
  'discussed at length with {} who wishes to proceed to surgery next week',
  'Plan reviewed; {} will call if the fever returns. Continue ceftriaxone 1 g daily.',
  'CT chest without contrast. Comparison: study of {}. No focal consolidation.',
  '{} was seen in clinic today for hypertension and type 2 diabetes.',
  'Blood pressure 128/76, pulse 72. Left message for {} regarding the results.',
  'HISTORY: 54 y/o with chest pain. {}. Electrocardiogram shows sinus rhythm.',
  'IMPRESSION: 1. No acute findings. 2. Recommend follow up in 6 months ({}).',
  'OBX|1|TX|22636-5^Pathology report^LN||Specimen received from {} in formalin||||||F',
  'NTE|1|L|please send the copy for {} to the ward',
  'Series: AX T2 FLAIR\nComment: {}\nProtocol: BRAIN W/WO',
  'acquired 512x512, window 400/40, repeat for {} due to motion',
  '- wound care daily\n- {}\n- remove sutures in 10 days',
];

const CUED = [
  'Seen with Dr. {} in the emergency department.',
  'Referring physician: Dr {}, cardiology',
  'MRN: {}',
  'Patient: {}',
  'Patient {} tolerated the procedure well.',
  'patient id {} checked at the bedside',
];
const NAME_CUED = [
  'Seen with Dr. {} in the emergency department.',
  'Referring physician: Dr {}, cardiology',
  'Patient name: {}',
  'Mr. {} tolerated the procedure well.',
  'Thank you for referring Mrs. {} to our clinic.',
  'Signed by: {}',
];
const ID_CUED = [
  'MRN: {}',
  'patient id {} checked at the bedside',
  'Record number {} was opened.',
  'Acct# {}',
  'ID={}',
];
const FILES = ['archive/2019/{}.dcm', 'export_{}_ct.dcm', '{}_report.pdf', 'scans/{}/IM0001'];
const USERS = [
  'login {} at console 3',
  'mail {}@hospital.example',
  'C:\\Users\\{}\\Desktop',
  'user={};role=tech',
  '/home/{}/export',
];

/** A text with a planted value, and where in it the value stands (UTF-16). */
export interface Planted {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Puts a value where values of its kind stand. `needsCue`: the value is an ordinary word by itself. */
export function plant(
  value: string,
  { place }: Variant,
  kind: 'name' | 'date' | 'number',
  needsCue: boolean,
  random: Random,
): Planted {
  const carrier = random.pick(carriersFor(needsCue ? 'cued' : place, kind));
  const start = carrier.indexOf('{}');
  return { text: carrier.replace('{}', () => value), start, end: start + value.length };
}

function carriersFor(place: Variant['place'], kind: 'name' | 'date' | 'number'): readonly string[] {
  switch (place) {
    case 'file':
      return FILES;
    case 'user':
      return USERS;
    case 'alone':
      return ['{}'];
    case 'cued':
      return kind === 'name' ? NAME_CUED : kind === 'number' ? ID_CUED : CUED;
    default:
      return SENTENCES;
  }
}
