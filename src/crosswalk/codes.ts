/** An id and who issued it: the same number of two issuers is two patients (DICOM (0010,0020/0021), HL7 CX.1/CX.4). */
export interface PatientKey {
  readonly id: string;
  /** Namespace of the assigning authority, upper case, '' where the source names none. */
  readonly issuer: string;
}

/**
 * Domains of codes other than patients and UIDs. `order` holds accession, placer and filler numbers of both formats:
 * the same number is the same order, whatever field it stands in.
 */
export const CODE_DOMAINS = [
  'order',
  'study-id',
  'visit',
  'account',
  'message',
  'person', // provider, operator, relative: an id number of somebody who is not the patient
  'device',
  'specimen',
  'organization',
  'other',
] as const;
export type CodeDomain = (typeof CODE_DOMAINS)[number];

/** Something a masker must have a replacement for. Values are the originals, normalised by the crosswalk. */
export type Need =
  | { readonly kind: 'patient'; readonly patient: PatientKey; readonly study?: string }
  | { readonly kind: 'uid'; readonly uid: string; readonly study?: string }
  | { readonly kind: 'code'; readonly domain: CodeDomain; readonly value: string };

/** What the crosswalk holds for one patient (for one patient and study, where the link is cut). */
export interface PatientCodes {
  /** Upper-case letters and digits, at most 16 characters: fits LO, SH, ST and CX.1. Never empty. */
  readonly code: string;
  /** Whole days to add to every date of the patient, where the project shifts dates. */
  readonly dateOffsetDays: number;
}

/** Replacements for the needs that were resolved. Asking for one that was not is an internal error. */
export interface CodeBook {
  patient(patient: PatientKey, study?: string): PatientCodes;
  /** `2.25.` and a random decimal number (PS3.5 B.2). */
  uid(uid: string, study?: string): string;
  /** Upper-case letters and digits, at most 16 characters. */
  code(domain: CodeDomain, value: string): string;
}

/** The private table of originals and codes. Random codes only: never derived from the original (164.514(c)). */
export interface Crosswalk {
  /** Codes for all needs, made where there is none yet, in one transaction. */
  resolve(needs: readonly Need[]): CodeBook;
  /** Whether a value in an output is a code that this crosswalk issued. */
  isIssued(value: string): boolean;
}
