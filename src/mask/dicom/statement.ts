import type { DicomFile, Encoding } from '../../dicom/element.ts';
import { encodeElement, encodeSequence } from '../../dicom/encode.ts';
import { findElement } from '../../dicom/file.ts';
import type { Addition } from '../../dicom/layout.ts';
import { parseTag, type Tag } from '../../dicom/tag.ts';
import { asciiValue, valueBytes } from '../../dicom/values.ts';
import type { Project } from '../../project/schema.ts';
import type { Kept } from './kept.ts';

/** Options of the confidentiality profile, as CID 7050 codes them (PS3.16). */
export const CID_7050: Record<string, string> = {
  '113100': 'Basic Application Confidentiality Profile',
  '113101': 'Clean Pixel Data Option',
  '113102': 'Clean Recognizable Visual Features Option',
  '113104': 'Clean Structured Content Option',
  '113105': 'Clean Descriptors Option',
  '113106': 'Retain Longitudinal Temporal Information Full Dates Option',
  '113107': 'Retain Longitudinal Temporal Information Modified Dates Option',
  '113108': 'Retain Patient Characteristics Option',
  '113110': 'Retain UIDs Option',
  '113111': 'Retain Safe Private Option',
};

/** A further value of (0012,0063). */
const KEPT = '\\attributes kept by rules of the project';

/** Tags that the statement writes: whatever stood there goes. */
export const STATEMENT_TAGS: ReadonlySet<number> = new Set([
  0x00120062, 0x00120063, 0x00120064, 0x00280303, 0x00280301, 0x00280302,
]);

/** What the statement rests on. */
export interface Stated {
  readonly hasPixels: boolean;
  /** A photograph, a slice of a head volume, or a picture of which its writer said so. */
  readonly recognizable: boolean;
  readonly kept: Kept;
}

/** Options that the project applies, no others (PS3.15 E.2: the codes say what was done). */
export function appliedOptions(project: Project): string[] {
  const codes = ['113100'];
  if (project.structuredContent === 'clean') codes.push('113104');
  if (project.descriptors === 'clean') codes.push('113105');
  if (project.dates === 'keep') codes.push('113106');
  if (project.dates === 'shift') codes.push('113107');
  if (project.sex === 'keep' || project.ages !== 'remove') codes.push('113108');
  if (project.uids === 'keep') codes.push('113110');
  if (project.privateElements !== 'remove') codes.push('113111');
  return codes;
}

/**
 * The elements that say how the file was de-identified (PS3.3 C.12.1.1.1, PS3.15 E.1.1 steps 6 to 8). (0028,0301) = NO
 * is a claim that the gate lets stand only where a complete audit of the pixels has earned it. Where rules of the project kept
 * what the profile takes away, no code says that the profile was applied; where they kept who the patient is, (0012,0062)
 * says NO (PS3.3 C.7.1.1: then the method is optional). (0028,0302) says YES where a picture, or a volume made of several, lets
 * its patient be recognised (C.7.6.1), and is absent elsewhere: nobody has made sure that it does not.
 */
export function deidentificationStatement(
  project: Project,
  version: string,
  { hasPixels, recognizable, kept }: Stated,
  encoding: Encoding,
): Addition[] {
  const text = (id: string, vr: string, value: string): Addition => {
    const tag = parseTag(id);
    return { tag, bytes: encodeElement(tag, vr, Buffer.from(value, 'latin1'), encoding) };
  };
  const longitudinal = { keep: 'UNMODIFIED', shift: 'MODIFIED', year: 'REMOVED', remove: 'REMOVED' }[
    project.dates
  ];
  return [
    text('00120062', 'CS', kept.identity ? 'NO' : 'YES'),
    text('00120063', 'LO', `phi-gate ${version}\\template ${project.template}${kept.departs ? KEPT : ''}`),
    ...(kept.departs
      ? []
      : [{ tag: parseTag('00120064'), bytes: methodCodes(appliedOptions(project), encoding) }]),
    ...(hasPixels ? [text('00280301', 'CS', 'NO')] : []),
    ...(hasPixels && recognizable ? [text('00280302', 'CS', 'YES')] : []),
    // Some dates as they were, the others without month and day.
    text('00280303', 'CS', kept.dates && longitudinal === 'REMOVED' ? 'MODIFIED' : longitudinal),
  ];
}

function methodCodes(codes: readonly string[], encoding: Encoding): Uint8Array {
  const element = (tag: number, vr: string, value: string) =>
    encodeElement(tag as Tag, vr, Buffer.from(value, 'latin1'), encoding);
  const items = codes.map((code) =>
    Buffer.concat([
      element(0x00080100, 'SH', code),
      element(0x00080102, 'SH', 'DCM'),
      element(0x00080104, 'LO', CID_7050[code] ?? ''),
    ]),
  );
  return encodeSequence(0x00120064 as Tag, items, encoding);
}

const METHOD = 0x00120063 as Tag;
const METHOD_CODES = 0x00120064 as Tag;
const DERIVATION = 0x00082111 as Tag;
const RECOGNIZABLE = 0x00280302 as Tag;

/** What was done to the pixels of a masked file: in words, and by the option of the profile that it is (PS3.15 E.3). */
export interface Done {
  readonly words: string;
  readonly option: string;
  /** Recognizable Visual Features (0028,0302), where it is another now. */
  readonly recognizable?: 'NO';
}

export const TEXT_BLACKED_OUT: Done = { words: 'text in the pixels blacked out', option: '113101' };
export const FACE_BLANKED: Done = { words: 'face blanked', option: '113102', recognizable: 'NO' };

/**
 * What a masked file says of itself once its pixels were changed: the method, the option (PS3.15 E.3.1, E.3.2) where codes are
 * given at all, and how the picture was derived. Each takes the place of what stood there.
 */
export function redactionStatement(file: DicomFile, { words, option, recognizable }: Done): Addition[] {
  const { body, encoding, dataSet } = file;
  const method = findElement(dataSet, METHOD);
  const before = method === undefined ? '' : asciiValue(body, method);
  const said = before.split('\\').filter((value) => value !== '' && value !== words);
  const codes = findElement(dataSet, METHOD_CODES);
  const values = (codes?.items ?? []).flatMap(({ elements }) => {
    const code = findElement(elements, 0x00080100);
    return code === undefined ? [] : [asciiValue(body, code)];
  });
  const text = (tag: Tag, vr: string, value: string): Addition => ({
    tag,
    bytes: encodeElement(tag, vr, Buffer.from(value, 'latin1'), encoding),
  });
  return [
    { tag: DERIVATION, bytes: encodeElement(DERIVATION, 'ST', derivation(file, words), encoding) },
    text(METHOD, 'LO', [...said, words].join('\\')),
    ...(codes === undefined
      ? []
      : [{ tag: METHOD_CODES, bytes: methodCodes([...new Set([...values, option])].sort(), encoding) }]),
    ...(recognizable === undefined ? [] : [text(RECOGNIZABLE, 'CS', recognizable)]),
  ];
}

/** What is said of how the picture came to be stays, in whatever characters it is in; ours is added to it. */
function derivation({ body, dataSet }: DicomFile, words: string): Uint8Array {
  const element = findElement(dataSet, DERIVATION);
  const before =
    element === undefined ? '' : Buffer.from(valueBytes(body, element)).toString('latin1').trimEnd();
  if (before.includes(words)) return Buffer.from(before, 'latin1');
  const ours = `phi-gate: ${words}`;
  const together = before === '' ? ours : `${before}; ${ours}`;
  return Buffer.from(together.length > MOST_OF_ST ? ours : together, 'latin1');
}

/** PS3.5 table 6.2-1. */
const MOST_OF_ST = 1024;

const DAY = 86_400_000;

/**
 * Days from an event of the patient to the study, and what the event is: (0012,0052) and (0012,0053), PS3.3 C.7.2.3.
 * Nothing where either date is missing.
 */
export function daysFromEvent(
  studyDate: string,
  eventDate: string | undefined,
  name: string,
  encoding: Encoding,
): Addition[] {
  const [study, event] = [dayOf(studyDate), dayOf(eventDate ?? '')];
  if (study === undefined || event === undefined) return [];
  const days = new Uint8Array(8);
  new DataView(days.buffer).setFloat64(0, (study - event) / DAY, encoding.littleEndian);
  const [offset, type] = [parseTag('00120052'), parseTag('00120053')];
  return [
    { tag: offset, bytes: encodeElement(offset, 'FD', days, encoding) },
    {
      tag: type,
      bytes: encodeElement(type, 'CS', Buffer.from(name.toUpperCase().slice(0, 16), 'latin1'), encoding),
    },
  ];
}

function dayOf(date: string): number | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(date) ?? [];
  return year === undefined ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day));
}
