/** One step of a DICOM `at`: what it says, taken apart, before any dictionary is asked. */
export type DicomStep =
  /** A keyword, where `*` stands for any letters and digits: `PatientName`, `*Date`. */
  | { readonly kind: 'keyword'; readonly pattern: string }
  /** Eight hex digits in upper case, where `X` stands for any digit: `00100010`, `60XX3000`. */
  | { readonly kind: 'tag'; readonly pattern: string }
  /** An element of a private block, by its creator (PS3.5 7.8.1): four and two hex digits, `X` for any. */
  | { readonly kind: 'private'; readonly group: string; readonly creator: string; readonly element: string };

/** Where an HL7 rule holds. `field` and `component` are 1-based (HL7 v2 chapter 2). */
export type Hl7At =
  | {
      readonly kind: 'field';
      readonly segment: string;
      readonly field: number | '*';
      readonly component?: number;
    }
  | { readonly kind: 'type'; readonly dataType: string };

const KEYWORD = /^(?=.*[A-Za-z])[A-Za-z*][A-Za-z0-9*]*$/;
const TAG = /^\(\s*([0-9A-Fa-fxX]{4})\s*,\s*([0-9A-Fa-fxX]{4})\s*\)$/;
const PRIVATE = /^\(\s*([0-9A-Fa-f]{3}[13579BDFbdf])\s*,\s*"([^"\\]{1,64})"\s*,\s*([0-9A-Fa-fxX]{2})\s*\)$/;
const FIELD = /^([A-Z][A-Z0-9]{2})-([1-9][0-9]{0,2}|\*)(?:\.([1-9][0-9]{0,2}))?$/;
const TYPE = /^type:([A-Z]{2,3})$/;

/** The steps of a DICOM `at`, outermost first; undefined where it is not written as one. */
export function parseDicomAt(at: string): DicomStep[] | undefined {
  const steps: DicomStep[] = [];
  for (const text of splitPath(at)) {
    const step = parseStep(text);
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return steps;
}

function parseStep(text: string): DicomStep | undefined {
  const tag = TAG.exec(text);
  if (tag !== null) return { kind: 'tag', pattern: `${tag[1]}${tag[2]}`.toUpperCase() };
  const owned = PRIVATE.exec(text);
  if (owned !== null) {
    const [, group = '', creator = '', element = ''] = owned;
    return {
      kind: 'private',
      group: group.toUpperCase(),
      creator: creator.trim(),
      element: element.toUpperCase(),
    };
  }
  return KEYWORD.test(text) ? { kind: 'keyword', pattern: text } : undefined;
}

/** Splits at dots that stand outside quotes: a private creator may hold dots. */
function splitPath(at: string): string[] {
  const steps: string[] = [''];
  let quoted = false;
  for (const char of at) {
    if (char === '"') quoted = !quoted;
    if (char === '.' && !quoted) steps.push('');
    else steps[steps.length - 1] += char;
  }
  return steps.map((step) => step.trim());
}

/** An HL7 `at` taken apart; undefined where it is not written as one. */
export function parseHl7At(at: string): Hl7At | undefined {
  const type = TYPE.exec(at);
  if (type !== null) return { kind: 'type', dataType: type[1] ?? '' };
  const field = FIELD.exec(at);
  if (field === null) return undefined;
  const [, segment = '', number = '', component] = field;
  if (number === '*' && component !== undefined) return undefined;
  return {
    kind: 'field',
    segment,
    field: number === '*' ? '*' : Number(number),
    ...(component === undefined ? {} : { component: Number(component) }),
  };
}
