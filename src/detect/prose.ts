import type { Passage, PassageHints, Place } from '../model/passage.ts';

/** VRs (PS3.5 6.2) and HL7 data types (chapter 2A) in which somebody may have written what he liked. */
const PROSE_VRS = new Set(['LO', 'SH', 'LT', 'ST', 'UT', 'UC']);
const PROSE_TYPES = new Set(['TX', 'FT', 'ST', 'ED', 'RP']);
/**
 * What the equipment, a coding scheme, or a masker says of itself (PS3.6): Manufacturer, its model and software, Code
 * Value, Coding Scheme Designator and Version, Context Identifier, De-identification Method.
 */
const NO_PROSE = new Set(
  '00080070 00081090 00181020 00189004 00080100 00080102 00080103 0008010F 00120063'.split(' '),
);
/**
 * Pictures have a judgement of their own for words that are no technique, bytes are searched for what is known, and a
 * file's name is no sentence: lists of names look there.
 */
const PROSE_PLACES: ReadonlySet<Place> = new Set([
  'element',
  'nested element',
  'private element',
  'structured report',
  'HL7 field',
  'text',
  'document',
]);

/** (gggg,0010-00FF) of an odd group names a maker (PS3.5 7.8.1). */
const PRIVATE_CREATOR = /^...[13579BDF]00[1-9A-F]./;

/** A place where somebody may have written what he liked; a typed one has a detector of its own. */
export function isProse({ place, hints }: Passage): boolean {
  if (!PROSE_PLACES.has(place) || hints.coded || hints.codePlace || hints.typed !== undefined) return false;
  if (hints.tag !== undefined && PRIVATE_CREATOR.test(hints.tag)) return false;
  if (hints.tag !== undefined && NO_PROSE.has(hints.tag)) return false;
  if (hints.vr !== undefined) return PROSE_VRS.has(hints.vr);
  return hints.dataType === undefined || PROSE_TYPES.has(hints.dataType);
}

const PROTOCOL_NAME = '00181030';

/** Short values of group 0018 tell of the acquisition: filters, grids, coils. A protocol's name is written by hand. */
export const isOfAcquisition = ({ tag, vr }: PassageHints): boolean =>
  tag?.startsWith('0018') === true && tag !== PROTOCOL_NAME && (vr === 'SH' || vr === 'LO');
