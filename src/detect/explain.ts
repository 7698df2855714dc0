import type { Hit } from '../model/finding.ts';

/** What the rules of detectors mean that have no more to say of a single hit. */
export const RULE_MEANINGS: Readonly<Record<string, string>> = {
  'known.name': 'a known name, whole or in part',
  'known.name.misspelt': 'a known name, misspelt or misread',
  'known.id.misspelt': 'a known number or code with a character or two wrong',
  'known.id': 'a known number or code',
  'known.date': 'a known date',
  'known.uid': 'a known UID',
  'known.phone': 'a known telephone number',
  'known.email': 'a known e-mail address',
  'known.address': 'a known address, whole or in part',
  'known.url': 'a known web address',
  'known.other': 'a known value',
  'derived.hash': 'a digest of a known value, made without a key',
  'derived.base64': 'a known value in base64',
  'derived.reversed': 'a known value turned round',
  'derived.offset': 'a number next to a known one',
  'derived.initials': 'initials of a known person',
  'encoded.document': 'a document in base64 or hexadecimal, which nobody has read',
  'issued-uids.foreign-uid': 'a UID that neither a standard lists nor this program has issued',
  'names.given-family': 'a first name before a word that can be a surname, by lists of names',
  'names.given-initial': 'a first name before an initial, by lists of names',
  'names.caret': 'parts of a name with carets between',
  'names.comma': 'a surname, a comma and a first name, by lists of names',
  'tagger.name': 'words that read like a name in their sentence',
  'tagger.place': 'words that read like a place or an organisation in their sentence',
  'tagger.date': 'words that read like a date in their sentence',
  'tagger.code': 'something that reads like a number or code of a person in its sentence',
  'tagger.name.strict':
    'words that may be a name in their sentence; too doubtful for any but a strict search',
  'tagger.place.strict':
    'words that may be a place or an organisation in their sentence; too doubtful for any but a strict search',
  'tagger.date.strict':
    'words that may be a date in their sentence; too doubtful for any but a strict search',
  'tagger.code.strict':
    'something that may be a number or code of a person in its sentence; too doubtful for any but a strict search',
  'second-opinion.name': 'a person to a general parser of English, which a strict search asks besides',
  'second-opinion.date': 'a day told from the day of the note, which a strict search alone looks for',
  'links.name': 'the same word stands as a name elsewhere in this file',
  'population.common-shift': 'all dates are moved by one same number of days',
  'pixels.text': 'words in the picture that are neither measurement nor technique',
  'pixels.code': 'a bar code or matrix code in the picture',
  'pixels.unexplained-text': 'what looks like text in the picture and could not be read',
  'pixels.label-image': 'the label of a slide, which says whose it is',
};

const DETECTORS: Readonly<Record<string, string>> = {
  known: 'a known identifier',
  'derived-codes': 'a code made from a known value',
  population: 'a code that one mapping makes from a known value, for this and other patients',
  'codestream-text': 'readable words in compressed picture data',
  names: 'words that look like a name',
  'second-opinion': 'words that a general parser of English takes for a person or a date',
  links: 'words of a name that stands elsewhere in this file',
  tagger: 'words that read like an identifier in their sentence',
  pixels: 'something in the picture that may identify',
  'biometric-class': 'a kind of recording that identifies by itself',
  'head-volume': 'slices of a head fine enough to show a face',
  faces: 'a face in the picture',
};

/** Why a hit is one: rule, context and validator in words that hold nothing of the value. Never empty. */
export function explainHit(hit: Pick<Hit, 'detector' | 'rule' | 'explain'>): string {
  return (
    hit.explain ??
    RULE_MEANINGS[hit.rule] ??
    DETECTORS[hit.detector] ??
    `found by ${hit.detector}, rule ${hit.rule}`
  );
}
