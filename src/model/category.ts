/** The 18 identifiers of 45 CFR 164.514(b)(2)(i), by the letter of their clause. */
export const CATEGORIES = {
  A: 'Names',
  B: 'Geographic subdivisions smaller than a state',
  C: 'Dates (except year) and ages over 89',
  D: 'Telephone numbers',
  E: 'Fax numbers',
  F: 'E-mail addresses',
  G: 'Social security numbers',
  H: 'Medical record numbers',
  I: 'Health plan beneficiary numbers',
  J: 'Account numbers',
  K: 'Certificate and licence numbers',
  L: 'Vehicle identifiers and serial numbers',
  M: 'Device identifiers and serial numbers',
  N: 'Web URLs',
  O: 'IP addresses',
  P: 'Biometric identifiers',
  Q: 'Full-face photographs and comparable images',
  R: 'Any other unique identifying number, characteristic or code',
} as const;

export type HipaaCategory = keyof typeof CATEGORIES;

export const CATEGORY_LETTERS = Object.keys(CATEGORIES) as HipaaCategory[];
