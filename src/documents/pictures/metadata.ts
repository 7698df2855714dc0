import { constants, inflateSync } from 'node:zlib';
import { partsBesidePicture } from '../../dicom/pixels/codestream.ts';
import { PhiGateError } from '../../errors.ts';
import { decodeShort } from '../characters.ts';
import type { DocumentLimits, DocumentPart } from '../document.ts';
import { type Chunk, gifChunks, gifText, pngChunks, webpChunks } from './chunks.ts';
import { exifParts, tiffParts } from './exif.ts';
import { photoshopParts } from './iptc.ts';

export type PictureKind = 'png' | 'jpeg' | 'gif' | 'webp' | 'tiff' | 'bmp';

const XMP_MARK = 'http://ns.adobe.com/xap/1.0/\0';
const EXIF_MARK = 'Exif\0\0';
const PHOTOSHOP_MARK = 'Photoshop 3.0\0';
/** Fewer bytes behind the end are padding. */
const LEAST = 4;

/** All that a picture file says besides its pictures: Exif, XMP, IPTC, comments, profiles, bytes behind the end. */
export function* pictureMetadata(
  bytes: Uint8Array,
  kind: PictureKind,
  limits: DocumentLimits,
): Generator<DocumentPart> {
  if (kind === 'tiff') yield* tiffParts(bytes);
  for (const chunk of chunksOf(bytes, kind))
    yield* partsOf(chunk.name, bytes.subarray(chunk.start, chunk.end), limits);
}

function chunksOf(bytes: Uint8Array, kind: PictureKind): readonly Chunk[] {
  if (kind === 'png') return pngChunks(bytes);
  if (kind === 'gif') return gifChunks(bytes);
  if (kind === 'webp') return webpChunks(bytes);
  return kind === 'jpeg' ? partsBesidePicture(bytes) : [];
}

function* partsOf(name: string, bytes: Uint8Array, limits: DocumentLimits): Generator<DocumentPart> {
  const begins = (mark: string) => Buffer.from(bytes.subarray(0, mark.length)).toString('latin1') === mark;
  if (begins(EXIF_MARK)) yield* exifParts(bytes.subarray(EXIF_MARK.length));
  else if (begins(XMP_MARK)) yield xmp(bytes.subarray(XMP_MARK.length));
  else if (begins(PHOTOSHOP_MARK)) yield* photoshopParts(bytes.subarray(PHOTOSHOP_MARK.length));
  else if (name === 'eXIf' || name === 'EXIF') yield* exifParts(bytes);
  else if (name === 'XMP ') yield xmp(bytes);
  else if (name === 'tEXt' || name === 'zTXt' || name === 'iTXt') yield* pngText(name, bytes, limits);
  else if (name === 'COM') yield { kind: 'text', locus: 'metadata', text: decodeShort(bytes) };
  else if (name === 'comment') yield { kind: 'text', locus: 'metadata', text: decodeShort(gifText(bytes)) };
  else if (name === 'application') yield* gifApplication(bytes);
  else if (name === 'after the end') yield* behind(bytes);
  else yield { kind: 'bytes', locus: 'metadata', bytes };
}

const xmp = (bytes: Uint8Array): DocumentPart => ({
  kind: 'document',
  locus: 'metadata',
  bytes,
  mediaType: 'text/xml',
});

/** XMP stands in a GIF without sub-blocks, behind eleven bytes of a name, and 258 bytes that lead out of them. */
function* gifApplication(bytes: Uint8Array): Generator<DocumentPart> {
  const isXmp = Buffer.from(bytes.subarray(1, 12)).toString('latin1') === 'XMP DataXMP';
  if (isXmp) yield xmp(bytes.subarray(12, Math.max(12, bytes.length - 258)));
  else yield { kind: 'bytes', locus: 'metadata', bytes: gifText(bytes) };
}

/** A file behind the picture is a document of its own: some phones and many tricks put one there. */
function* behind(bytes: Uint8Array): Generator<DocumentPart> {
  if (bytes.length >= LEAST && bytes.some((byte) => byte !== 0 && byte !== 0xff))
    yield { kind: 'document', locus: 'after the end', bytes };
}

/** PNG 11.3.3: a keyword, and a text that is deflated in zTXt and may be in iTXt. */
function* pngText(name: string, bytes: Uint8Array, limits: DocumentLimits): Generator<DocumentPart> {
  const keywordEnd = bytes.indexOf(0);
  if (keywordEnd < 0) {
    yield { kind: 'bytes', locus: 'metadata', bytes };
    return;
  }
  const label = decodeShort(bytes.subarray(0, keywordEnd));
  const { deflated, start } = bodyOf(name, bytes, keywordEnd + 1);
  const body = bytes.subarray(start);
  const text = deflated ? inflated(body, limits) : body;
  const isXmp = label === 'XML:com.adobe.xmp';
  if (isXmp) yield xmp(text);
  else yield { kind: 'text', locus: 'metadata', text: decodeShort(text), label };
  // The keyword is the writer's own, and so are language and translated keyword of iTXt.
  yield { kind: 'bytes', locus: 'metadata', bytes: bytes.subarray(0, start) };
}

function bodyOf(name: string, bytes: Uint8Array, at: number): { deflated: boolean; start: number } {
  if (name === 'tEXt') return { deflated: false, start: at };
  if (name === 'zTXt') return { deflated: true, start: at + 1 };
  const language = bytes.indexOf(0, at + 2);
  const keyword = language < 0 ? -1 : bytes.indexOf(0, language + 1);
  return { deflated: bytes[at] === 1, start: keyword < 0 ? bytes.length : keyword + 1 };
}

function inflated(bytes: Uint8Array, { documentBytes }: DocumentLimits): Uint8Array {
  try {
    return inflateSync(bytes, { maxOutputLength: documentBytes, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    if (error instanceof RangeError)
      throw new PhiGateError('too-large', 'a text in the picture inflates to more than limits.documentBytes');
    throw new PhiGateError('malformed', 'a deflated text in the picture is broken');
  }
}
