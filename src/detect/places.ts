import type { PassageHints } from '../model/passage.ts';

const DATE_VRS = new Set(['DA', 'DT']);
const DATE_TYPES = new Set(['DT', 'TS', 'DTM', 'DR']);
/** Binary, numeric, UID and time values (PS3.5 6.2): text identifiers cannot stand there. */
const NUMERIC_VRS = new Set('UI DS IS FD FL SL SS UL US SV UV OV AT TM'.split(' '));
const NUMERIC_TYPES = new Set(['NM', 'SI', 'TM']);

/** A place made for dates: DICOM DA, DT; HL7 DT, TS, DTM, DR. */
export function isDatePlace({ vr, dataType }: PassageHints): boolean {
  return (vr !== undefined && DATE_VRS.has(vr)) || (dataType !== undefined && DATE_TYPES.has(dataType));
}

/** A place made for numbers, times or UIDs: a short number there is a number. */
export function isNumericPlace({ vr, dataType }: PassageHints): boolean {
  return (vr !== undefined && NUMERIC_VRS.has(vr)) || (dataType !== undefined && NUMERIC_TYPES.has(dataType));
}

/** Label and keyword as words: context for cued rules. */
export function labelOf({ label, keyword }: PassageHints): string {
  const words = keyword === undefined ? '' : keyword.replace(/([a-z])([A-Z])/g, '$1 $2');
  return label === undefined ? words : `${label} ${words}`;
}
