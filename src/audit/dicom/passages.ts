import { identifyingConcept, isAgeConcept } from '../../dicom/content-concepts.ts';
import { lookup } from '../../dicom/dictionary.ts';
import type { DicomFile } from '../../dicom/element.ts';
import { isPrivate, isPrivateCreator, tagId } from '../../dicom/tag.ts';
import type { Anomaly } from '../../model/anomaly.ts';
import type { HipaaCategory } from '../../model/category.ts';
import type { Locus, Passage, PassageHints, Place } from '../../model/passage.ts';
import { unitsOfYear } from '../../model/units-of-year.ts';
import type { ByteSource } from '../../splice.ts';
import { printableRuns } from '../printable-runs.ts';
import { decodeAsUtf8, decodeText } from './decode.ts';
import { isEncapsulated } from './documents.ts';
import { isPicture, isSampledData, isStandardUid, typedByAttribute, typedByParent } from './identifiers.ts';
import { pieces } from './pieces.ts';
import { prefixOf, type Scope, scopesOf } from './scopes.ts';
import type { SecondElement, SecondReading } from './second-reader.ts';

export interface DicomPassages {
  readonly passages: readonly Passage[];
  /** Text that does not fit its declared character set: it was read as UTF-8 or Latin-1, and that is said. */
  readonly anomalies: readonly Anomaly[];
}

const TEXT_VRS = new Set([
  'AE',
  'AS',
  'CS',
  'DA',
  'DT',
  'LO',
  'LT',
  'PN',
  'SH',
  'ST',
  'TM',
  'UC',
  'UI',
  'UR',
  'UT',
]);
const NUMBER_STRINGS = new Set(['DS', 'IS']);
const BINARY_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN', 'SQ', '']);
const CODE_MEANINGS = new Set([0x00080100, 0x00080104, 0x00080119]);
/** Values of SR content items (PS3.3 C.17.3): their concept name says what they are. */
const CONTENT_VALUES = new Set([
  0x0040a120, 0x0040a121, 0x0040a122, 0x0040a123, 0x0040a124, 0x0040a13a, 0x0040a160, 0x0040a30a,
]);
const CONCEPT_CODE = 0x0040a168;

/**
 * All text of a DICOM file as the second reader sees it: text values decoded by their character set, printable runs of
 * binary values (samples left out), the preamble and the trailing bytes. One passage an element; multiple values stay
 * joined by a backslash, runs by line feeds. Padding at the end is left out. Encapsulated documents are read elsewhere.
 */
export function dicomPassages(
  reading: SecondReading,
  source: ByteSource,
  file: DicomFile | undefined,
): DicomPassages {
  const passages: Passage[] = [];
  const anomalies: Anomaly[] = [];
  const scopeOf = scopesOf(reading.elements);
  const isOld = reading.elements.some(showsOldAge);
  for (const element of reading.elements) {
    if (element.items !== undefined && element.items > 0) continue;
    if (element.fragments !== undefined || element.length === 0 || isEncapsulated(element)) continue;
    const scope = scopeOf(prefixOf(element.path));
    for (const { text, sure } of textsOf(element, scope)) {
      if (!sure) anomalies.push({ kind: 'text not in its declared character set', locus: element.path });
      passages.push({
        text,
        locus: element.path,
        place: placeOf(element, scope),
        hints: {
          ...hintsOf(element, scope, text),
          ...(isOld && BIRTH_DATES.has(element.tag) && { besideOldAge: true }),
        },
      });
    }
  }
  passages.push(...outsidePassages(source, file));
  return { passages, anomalies };
}

/** The VR to read the value by: the file's, or the dictionary's where the file has none or says UN. */
export function readingVr(element: SecondElement): string {
  const own = element.vr ?? '';
  if (own !== '' && own !== 'UN') return own;
  if (isPrivateCreator(element.tag)) return 'LO';
  return isPrivate(element.tag) ? own : (lookup(element.tag)?.vr ?? own);
}

const CODE_VALUE = 0x00080100;
const LONG_CODE = 6;
/** Text Value of a TEXT content item, Numeric Value of a NUM one (PS3.3 C.17.3, C.18.1). */
const TEXT_VALUE = 0x0040a160;
const NUMERIC_VALUE = 0x0040a30a;
/** Patient's Birth Date, and in another calendar. */
const BIRTH_DATES = new Set([0x00100030, 0x00100033]);
const PATIENT_AGE = 0x00101010;
const AGE_OVER_89 = /^\s*0*(?:[1-9]\d\d|9\d)Y/;
const OLDEST = 89;
const CAP = 90;
/** A whole number that may be somebody's record number or birth date. */
const LONG_NUMBER = /(?<![\d.])\d{8,}(?![\d.])/;

interface Text {
  readonly text: string;
  readonly sure: boolean;
}

function* textsOf(element: SecondElement, scope: Scope): Generator<Text> {
  const vr = readingVr(element);
  const known = TEXT_VRS.has(vr) || NUMBER_STRINGS.has(vr);
  if (!known && !BINARY_VRS.has(vr)) return;
  const isSampled = !known && isSampledData(element.tag);
  if (isSampled && isPicture(element.tag)) return;
  for (const bytes of pieces(element.length, (offset, count) => element.value(offset, count))) {
    if (known) yield* knownText(bytes, vr, scope, element);
    else if (isSampled) yield* textAmongSamples(bytes);
    else yield* hiddenText(bytes, scope);
  }
}

function* knownText(bytes: Uint8Array, vr: string, scope: Scope, element: SecondElement): Generator<Text> {
  const { text, sure } = decodeText(bytes, scope.terms);
  const trimmed = withoutPadding(text);
  if (trimmed === '') return;
  const isNumber = NUMBER_STRINGS.has(vr) && /^[\d+\-.eE\\ ]*$/.test(trimmed);
  if (isNumber && !LONG_NUMBER.test(trimmed) && typedAs(element, scope, vr, trimmed) === undefined) return;
  yield { text: trimmed, sure };
  // A single-byte set makes something of any bytes: where they are UTF-8, that reading is searched too.
  const utf8 = decodeAsUtf8(bytes);
  if (utf8 !== undefined && withoutPadding(utf8) !== trimmed)
    yield { text: withoutPadding(utf8), sure: true };
}

/** A value with no text VR: as text where all of it is text, else its printable runs. */
function* hiddenText(bytes: Uint8Array, scope: Scope): Generator<Text> {
  const { text, sure } = decodeText(bytes, scope.terms);
  const trimmed = withoutPadding(text);
  if (
    sure &&
    trimmed.length >= 2 &&
    !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u009f\ufffd]/.test(trimmed)
  ) {
    yield { text: trimmed, sure };
    return;
  }
  const runs = printableRuns(bytes);
  if (runs !== '') yield { text: runs, sure: true };
}

/** Samples spell short words by chance; a run as long as this, with words in it, is written. */
const LONG_RUN = 16;
const WORDS = /\p{L}{2,}[ ,;:@^-]{1,3}[\p{L}\d]{2,}/u;

function* textAmongSamples(bytes: Uint8Array): Generator<Text> {
  const runs = printableRuns(bytes, LONG_RUN)
    .split('\n')
    .filter((run) => WORDS.test(run));
  if (runs.length > 0) yield { text: runs.join('\n'), sure: true };
}

function withoutPadding(text: string): string {
  return text.replace(/[\0 ]+$/, '');
}

function placeOf(element: SecondElement, scope: Scope): Place {
  if (element.meta) return 'file meta';
  if (isPrivate(element.tag) || scope.inPrivate) return 'private element';
  if (scope.content && element.depth > 0) return 'structured report';
  return element.depth > 0 ? 'nested element' : 'element';
}

function hintsOf(element: SecondElement, scope: Scope, text: string): PassageHints {
  const vr = readingVr(element);
  const keyword = isPrivate(element.tag) ? scope.creatorOf(element.tag) : lookup(element.tag)?.keyword;
  const label = labelOf(element, scope);
  const typed = typedAs(element, scope, vr, text);
  return {
    format: 'dicom',
    ...(vr !== '' && { vr }),
    tag: tagId(element.tag),
    ...(keyword !== undefined && { keyword }),
    ...(label !== undefined && { label }),
    ...(typed !== undefined && { typed }),
    ...(typed === undefined && isShortCode(element, text) && { coded: true }),
  };
}

/** Code Value of so few characters equals somebody's number by chance. */
function isShortCode({ tag }: SecondElement, code: string): boolean {
  return tag === CODE_VALUE && code.trim().length < LONG_CODE;
}

/** Words for the place: the concept name of a content item, the sequence of a code, else the attribute's keyword. */
function labelOf(element: SecondElement, scope: Scope): string | undefined {
  const isValue =
    CONTENT_VALUES.has(element.tag) || element.tag === NUMERIC_VALUE || scope.parent === CONCEPT_CODE;
  if (isValue && scope.concept !== undefined && scope.concept.meaning !== '') return scope.concept.meaning;
  if (isPrivate(element.tag)) return undefined;
  const subject = CODE_MEANINGS.has(element.tag) && scope.parent !== undefined ? scope.parent : element.tag;
  const keyword = lookup(subject)?.keyword;
  return keyword === undefined ? undefined : words(keyword);
}

/** `PatientBirthDate` as `Patient Birth Date`. */
function words(keyword: string): string {
  return keyword.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
}

function typedAs(element: SecondElement, scope: Scope, vr: string, text: string): HipaaCategory | undefined {
  if (element.tag === NUMERIC_VALUE || element.tag === TEXT_VALUE)
    return typedByConcept(element, scope, text);
  if (vr === 'AS') return AGE_OVER_89.test(text) ? 'C' : undefined;
  const typed = typedByParent(element.tag, scope.parent) ?? typedByAttribute(element.tag, vr);
  if (vr === 'UI' && text.split('\\').every((uid) => isStandardUid(uid.trim()))) return undefined;
  return typed;
}

/** Patient's Age over 89, the cap itself too. */
function showsOldAge(element: SecondElement): boolean {
  return element.tag === PATIENT_AGE && AGE_OVER_89.test(decodeText(element.value(0, 16), ['']).text);
}

/** What the concept of a content item says of its value: an identifier, or an age over 89 that is not the cap itself. */
function typedByConcept({ tag }: SecondElement, scope: Scope, text: string): HipaaCategory | undefined {
  const { concept } = scope;
  if (concept === undefined) return undefined;
  const identifying = identifyingConcept(concept);
  if (identifying !== undefined)
    return tag === NUMERIC_VALUE && Number(text) === 0 ? undefined : identifying.category;
  if (tag === TEXT_VALUE || !isAgeConcept(concept)) return undefined;
  const perYear = unitsOfYear(scope.unit ?? 'a');
  const age = Number(text);
  return Math.floor(age / perYear) > OLDEST && age !== Math.round(CAP * perYear) ? 'C' : undefined;
}

/** Text outside all elements: before them, and after the last one. */
function outsidePassages(source: ByteSource, file: DicomFile | undefined): Passage[] {
  const preamble = file === undefined || file.preambleLength > 0 ? source.read(0, 128) : new Uint8Array(0);
  const passages = [...outside(Uint8Array.from(preamble), 'preamble', 'preamble')];
  if (file !== undefined) {
    const { body, dataSetEnd, trailingLength } = file;
    const read = (offset: number, count: number) => Uint8Array.from(body.read(dataSetEnd + offset, count));
    for (const bytes of pieces(trailingLength, read))
      passages.push(...outside(bytes, 'trailing', 'trailing bytes'));
  }
  return passages;
}

function outside(bytes: Uint8Array, locus: Locus, place: Place): Passage[] {
  const utf8 = decodeAsUtf8(bytes.filter((byte) => byte !== 0));
  const text = utf8 ?? printableRuns(bytes);
  return text.trim() === '' ? [] : [{ text, locus, place, hints: { format: 'dicom' } }];
}
