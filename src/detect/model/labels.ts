import { PhiGateError } from '../../errors.ts';
import type { HipaaCategory } from '../../model/category.ts';

/** What a project says of labels that this list does not know, or otherwise; `none` for what is no identifier. */
export type LabelMeanings = Readonly<Record<string, HipaaCategory | 'none'>>;

/** One column of a model's scores. */
export interface LabelColumn {
  /** The label without its place in a chain (`B-`, `I-`...). */
  readonly label: string;
  /** Undefined for what is no identifier. */
  readonly category?: HipaaCategory;
  /** The label says that a new span begins here. */
  readonly begins: boolean;
}

/** Labels of public sets for names and de-identification (CoNLL-2003, OntoNotes, i2b2 2014), written without marks. */
const MEANINGS: Readonly<Record<string, HipaaCategory>> = {
  PER: 'A',
  PERSON: 'A',
  PATIENT: 'A',
  NAME: 'A',
  FIRSTNAME: 'A',
  LASTNAME: 'A',
  STAFF: 'A',
  DOCTOR: 'A',
  HCW: 'A',
  LOC: 'B',
  LOCATION: 'B',
  LOCATIONOTHER: 'B',
  GPE: 'B',
  FAC: 'B',
  ADDRESS: 'B',
  STREET: 'B',
  CITY: 'B',
  ZIP: 'B',
  HOSPITAL: 'B',
  ORG: 'B',
  ORGANIZATION: 'B',
  DATE: 'C',
  AGE: 'C',
  DOB: 'C',
  PHONE: 'D',
  FAX: 'E',
  EMAIL: 'F',
  SSN: 'G',
  MRN: 'H',
  MEDICALRECORD: 'H',
  HEALTHPLAN: 'I',
  ACCOUNT: 'J',
  LICENSE: 'K',
  VEHICLE: 'L',
  DEVICE: 'M',
  URL: 'N',
  IP: 'O',
  IPADDR: 'O',
  ID: 'R',
  IDNUM: 'R',
  USERNAME: 'R',
};

const OUTSIDE = new Set(['O', 'PAD', 'X']);

const plain = (label: string): string => label.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The labels of a model in the order of its scores, each with its category.
 * @throws PhiGateError `usage` naming labels that neither this list nor the project knows: they are not passed over.
 */
export function labelColumns(labels: readonly string[], given: LabelMeanings): LabelColumn[] {
  const own = new Map(Object.entries(given).map(([label, meaning]) => [plain(label), meaning]));
  const unknown = new Set<string>();
  const columns = labels.map((full): LabelColumn => {
    const [, place = '', label = full] = /^([BILUSE])[-_](.+)$/.exec(full) ?? [];
    const begins = 'BUS'.includes(place) && place !== '';
    const name = plain(label);
    const meaning = own.get(name) ?? MEANINGS[name] ?? (OUTSIDE.has(name) ? 'none' : undefined);
    if (meaning === undefined) unknown.add(label);
    return { label, begins, ...(meaning !== undefined && meaning !== 'none' && { category: meaning }) };
  });
  if (unknown.size > 0) {
    throw new PhiGateError(
      'usage',
      `the model of \`names.model\` has labels whose meaning is not known (${[...unknown].sort().join(', ')}): say in ` +
        '`names.labels` which category each is, A to R, or none',
    );
  }
  return columns;
}

/** Id of the rule that a label stands for: `model.person`. */
export const ruleOf = (label: string): string =>
  `model.${label.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '-')}`;
