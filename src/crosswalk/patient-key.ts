import type { PatientKey } from './codes.ts';

/** How patient ids are compared. */
export interface PatientKeyPolicy {
  readonly leadingZeros: 'significant' | 'ignored';
  /** Issuer of ids that name none; '' for no such assumption. */
  readonly defaultIssuer: string;
}

/**
 * Values that stand where an id is unknown: nobody's number, so they never join patients. Zeros, nines or X in any
 * number, and the words that people and programs type.
 */
const DUMMY =
  /^(?:0+|9{5,}|x{2,}|[-.?*_]+|n\/?a|nil|null|none|no ?id|unk|unknown|undefined|not ?(?:known|available|provided|applicable)|missing|empty|blank|temp|tbd|default|dummy|test|patient ?id|anon.*|de-?ident.*|deid.*|no ?name|patient)$/i;

/** Whether an id is a placeholder. Judged before leading zeros are taken off. */
export function isDummyId(id: string): boolean {
  const trimmed = trim(id);
  return trimmed === '' || DUMMY.test(trimmed);
}

/**
 * The form in which keys are compared and kept: id without padding (PS3.5 6.2: spaces and NUL around it mean nothing),
 * in Unicode NFC, case as it is; issuer upper case. Leading zeros and missing issuers by the policy.
 */
export function normalisePatientKey(key: PatientKey, policy: PatientKeyPolicy): PatientKey {
  const id = trim(key.id);
  const zeros = policy.leadingZeros === 'ignored' && !isDummyId(id);
  const issuer = normaliseIssuer(key.issuer) || normaliseIssuer(policy.defaultIssuer);
  return { id: zeros ? id.replace(/^0+(?=.)/, '') : id, issuer };
}

function normaliseIssuer(issuer: string): string {
  return trim(issuer).replace(/\s+/g, ' ').toUpperCase();
}

/** Without padding around it, in NFC. */
export function trim(value: string): string {
  if (isPlain(value)) return value;
  return value.replace(/^[\s\0]+|[\s\0]+$/g, '').normalize('NFC');
}

/** Whether a value is ASCII with no padding around it, as nearly all are: there is nothing to take off or to compose. */
function isPlain(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code > 0x7e || code < 0x20) return false;
    if (code === 0x20 && (at === 0 || at === value.length - 1)) return false;
  }
  return true;
}
