import type { CodeDomain } from '../crosswalk/codes.ts';

/**
 * What to do with one DICOM element or HL7 field, component or type. Rules of project.yaml and the built-in tables
 * compile to this; `src/mask/actions/` has one file for each.
 */
export type Action =
  | { readonly do: 'keep' }
  /** DICOM: the element goes. HL7: the field is emptied (separators stay). */
  | { readonly do: 'remove' }
  /** Zero length (DICOM Z), no value (HL7). */
  | { readonly do: 'empty' }
  /** A fixed text; `{patient}` and `{order}` stand for the codes of the source's patient and order. */
  | { readonly do: 'replace'; readonly with: string }
  /** A random value of a kind; for `number` and `text` of the same shape as the original. */
  | { readonly do: 'random'; readonly kind: RandomKind; readonly from?: string; readonly to?: string }
  /** A dummy that its VR or data type allows (DICOM D). */
  | { readonly do: 'dummy' }
  /** The crosswalk's code: `patient` or a domain. */
  | { readonly do: 'pseudonym'; readonly domain: 'patient' | CodeDomain }
  | { readonly do: 'uid' }
  /** A date by the project's date rule (remove, year, shift, keep). */
  | { readonly do: 'date' }
  /** A birth date: by the date rule, and gone where its year shows an age over 89. */
  | { readonly do: 'birth-date' }
  /** A time of day by the project's time rule (keep, relative, remove). */
  | { readonly do: 'time' }
  | { readonly do: 'shift-date' }
  | { readonly do: 'year' }
  /** A number stays where it is one; text in its place goes. */
  | { readonly do: 'number' }
  | { readonly do: 'zip3' }
  | { readonly do: 'age' }
  /** Identifiers in the text are replaced by placeholders, the rest stays. */
  | { readonly do: 'clean'; readonly only?: 'known' | 'patterns' }
  | { readonly do: 'regex'; readonly pattern: string; readonly with: string }
  /** Puts the element there with this text, whether or not the source has it. */
  | { readonly do: 'add'; readonly value: string };

export type RandomKind = 'name' | 'number' | 'date' | 'uid' | 'text';
export type ActionName = Action['do'];
