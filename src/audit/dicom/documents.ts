import { lookup } from '../../dicom/dictionary.ts';
import { type DocumentKind, documentKind } from '../../documents/kind.ts';
import type { Locus } from '../../model/passage.ts';
import { decodeText } from './decode.ts';
import { isPicture, isSampledData } from './identifiers.ts';
import { prefixOf } from './scopes.ts';
import type { SecondElement, SecondReading } from './second-reader.ts';

/** Encapsulated Document and its MIME type (PS3.3 C.24.2). */
const DOCUMENT = 0x00420011;
const MEDIA_TYPE = 0x00420012;

/** VRs of values whose bytes may be anything. */
const BINARY_VRS: ReadonlySet<string> = new Set(['OB', 'OW', 'UN', '']);
/** Kinds whose mark is no chance. */
const MARKED: ReadonlySet<DocumentKind | undefined> = new Set([
  'pdf',
  'rtf',
  'png',
  'jpeg',
  'gif',
  'webp',
  'tiff',
] as const);
const HEAD = 1024;
/** A value shorter than this holds no file. */
const SHORTEST = 32;

/** A document inside a DICOM file. */
export interface DicomDocument {
  readonly locus: Locus;
  readonly mediaType: string;
  readonly length: number;
  /** A copy. */
  bytes(): Uint8Array;
}

/** Whether the value of an element is a document by the standard: it is read as one, and not as bytes. */
export const isEncapsulated = ({ tag }: SecondElement): boolean => tag === DOCUMENT;

/**
 * The documents of a file: Encapsulated Document wherever it stands, and every other binary value, private ones too, that
 * begins as a PDF, an RTF document or a picture does.
 */
export function dicomDocuments({ elements }: SecondReading): DicomDocument[] {
  const types = new Map<string, string>();
  for (const element of elements) {
    if (element.tag === MEDIA_TYPE)
      types.set(prefixOf(element.path), decodeText(element.value(0, 256), ['']).text.replace(/[\0 ]+$/, ''));
  }
  return elements
    .filter((element) => element.length > 0 && (isEncapsulated(element) || isFile(element)))
    .map((element) => ({
      locus: element.path,
      mediaType: isEncapsulated(element) ? (types.get(prefixOf(element.path)) ?? '') : '',
      length: element.length,
      bytes: () => withoutPadding(element.value()),
    }));
}

function isFile(element: SecondElement): boolean {
  const { tag, vr = '', items = 0, fragments, length, meta } = element;
  if (meta || items > 0 || fragments !== undefined || length < SHORTEST) return false;
  const reading = vr === '' ? (lookup(tag)?.vr ?? '') : vr;
  if (!BINARY_VRS.has(reading) || isSampledData(tag) || isPicture(tag)) return false;
  return MARKED.has(documentKind(element.value(0, HEAD)));
}

/** Values have an even length (PS3.5 7.1.1). */
const withoutPadding = (bytes: Uint8Array): Uint8Array =>
  bytes.at(-1) === 0 ? bytes.subarray(0, -1) : bytes;
