import type { HipaaCategory } from './category.ts';

/**
 * Where something is, as a person writes it: `(0010,0010)`, `(0040,0275)[0].(0032,1060)`, `PID-5.1`, `OBX[3]-5`,
 * `frame 7 x,y,w,h`, `preamble`, `trailing`, `filename`, `series` (what its files show together). In a file of several
 * messages the locus begins with `message[N] `. It never holds a value.
 */
export type Locus = string;

export type Format = 'dicom' | 'hl7' | 'text' | 'picture' | 'document' | 'container' | 'unknown';

/** The kind of place that a passage was read from; the report counts coverage by it. */
export const PLACES = [
  'element',
  'nested element',
  'private element',
  'structured report',
  'file meta',
  'preamble',
  'trailing bytes',
  'file name',
  'HL7 field',
  'text',
  'document',
  'codestream',
  'pixels',
  'overlay',
  'nested pixels',
  'raw bytes',
] as const;
export type Place = (typeof PLACES)[number];

/** Decoded text, where it stands, and what its container says about it. */
export interface Passage {
  readonly text: string;
  readonly locus: Locus;
  readonly place: Place;
  readonly hints: PassageHints;
}

export interface PassageHints {
  readonly format: Format;
  /** DICOM value representation (PS3.5 6.2). */
  readonly vr?: string;
  /** Eight hex digits of a DICOM tag, upper case. */
  readonly tag?: string;
  /** DICOM keyword, or the private creator for a private element. */
  readonly keyword?: string;
  /** HL7 data type of the innermost typed thing (`XPN`, `CX`, `TS`, `ST`...). */
  readonly dataType?: string;
  /** HL7 field as `PID-5`, without repetition or component. */
  readonly field?: string;
  /** Human words for the container ("Patient Address", "Study description"): context for cued rules. */
  readonly label?: string;
  /**
   * The container itself says what kind of identifier stands here (PatientName, PID-19, a CX of type SS). A value in
   * such a place counts even when it is short or a common word; a structural check judges it against the masked forms.
   */
  readonly typed?: HipaaCategory;
  /** A place for a birth date, beside an age over 89: not even its year may stay (164.514(b)(2)(i)(C)). */
  readonly besideOldAge?: boolean;
  /** HL7 from v2.3 on: a masked date is the year alone, and `YYYY0101` the first of January. */
  readonly yearAlone?: boolean;
  /** A code of a public coding system: a number that equals somebody's is not theirs. */
  readonly coded?: boolean;
  /** A place for codes of local tables: a number that is short and equals somebody's is not theirs. */
  readonly codePlace?: boolean;
  /** The text was put together from lines (joinLines): it is read for what reaches over a break and needs both sides. */
  readonly breaks?: readonly LineBreak[];
}

/** Where a line ended before its break was taken out, in code points, and whether a hyphen went with the break. */
export interface LineBreak {
  readonly at: number;
  readonly hyphen: boolean;
}
