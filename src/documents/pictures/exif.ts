import { TextDecoder } from 'node:util';
import type { HipaaCategory } from '../../model/category.ts';
import { readRulesYaml } from '../../rules.ts';
import { decodeShort } from '../characters.ts';
import type { DocumentPart } from '../document.ts';
import { type IfdField, type Ifds, readIfds } from './ifd.ts';
import { iptcParts, photoshopParts } from './iptc.ts';

interface TagFacts {
  readonly label: string;
  readonly category?: HipaaCategory;
  readonly software?: boolean;
  readonly encoding?: 'utf16' | 'comment';
}

interface ExifFacts {
  readonly tags: Readonly<Record<number, TagFacts>>;
  readonly gps: Readonly<Record<number, TagFacts>>;
}

const ASCII = 2;
/** Types whose values are bytes: BYTE, ASCII, SBYTE, UNDEFINED. */
const BYTES = new Set([1, ASCII, 6, 7]);
const XMP = 700;
const IPTC = 33723;
const PHOTOSHOP = 34377;
/** Bytes that spell something by chance: shorter fields are flags. */
const SHORTEST = 5;

let facts: ExifFacts | undefined;

/** What the fields of an Exif block say, thumbnails too. Nothing where it is none. */
export function exifParts(bytes: Uint8Array): DocumentPart[] {
  const ifds = readIfds(bytes);
  return ifds === undefined ? [{ kind: 'bytes', locus: 'metadata', bytes }] : [...partsOfIfds(bytes, ifds)];
}

/** A TIFF file is such directories itself; bytes that none of them and no strip takes are searched as bytes. */
export function tiffParts(bytes: Uint8Array): DocumentPart[] {
  const ifds = readIfds(bytes);
  if (ifds === undefined) return [];
  return [...partsOfIfds(bytes, ifds), ...uncovered(bytes, ifds)];
}

function* partsOfIfds(bytes: Uint8Array, { fields, thumbnails }: Ifds): Generator<DocumentPart> {
  for (const field of fields) yield* partsOf(field, bytes.subarray(field.start, field.end));
  for (const [start, end] of thumbnails)
    yield { kind: 'document', locus: 'thumbnail', bytes: bytes.subarray(start, end) };
}

function* partsOf({ tag, type, numbers, isGps }: IfdField, bytes: Uint8Array): Generator<DocumentPart> {
  facts ??= readRulesYaml<ExifFacts>('documents/exif.yaml');
  const known = (isGps ? facts.gps : facts.tags)[tag];
  if (tag === XMP) yield { kind: 'document', locus: 'metadata', bytes, mediaType: 'text/xml' };
  else if (tag === IPTC) yield* iptcParts(bytes);
  else if (tag === PHOTOSHOP) yield* photoshopParts(bytes);
  else if (BYTES.has(type) && (known !== undefined || type === ASCII))
    yield* textPart(textOf(bytes, known?.encoding), known);
  else if (BYTES.has(type) && bytes.length >= SHORTEST) yield { kind: 'bytes', locus: 'metadata', bytes };
  else if (known?.category !== undefined) yield* textPart(numbers.map((n) => String(n)).join(' '), known);
}

function* textPart(text: string, known: TagFacts | undefined): Generator<DocumentPart> {
  // Cameras without a clock write zeros for a date.
  if (text.trim() === '' || /^[0: ]+$/.test(text)) return;
  const typed = known?.category;
  yield {
    kind: 'text',
    locus: 'metadata',
    text,
    ...(known !== undefined && { label: known.label }),
    ...(typed !== undefined && { typed }),
    ...(known?.software === true && { software: true }),
  };
}

function textOf(bytes: Uint8Array, encoding: TagFacts['encoding']): string {
  const marked = encoding === 'comment' ? Buffer.from(bytes.subarray(0, 8)).toString('latin1') : '';
  const body = /^(?:ASCII|UNICODE|JIS|\0{8})/.test(marked) ? bytes.subarray(8) : bytes;
  const wide = encoding === 'utf16' || marked.startsWith('UNICODE');
  return (wide ? wideText(body) : decodeShort(body)).replace(/[\0\s]+$/, '');
}

/** Writers of comments keep to the byte order of the file or not: the one with Latin letters is the right one. */
function wideText(bytes: Uint8Array): string {
  const even = bytes.subarray(0, bytes.length & ~1);
  const zeros = even.filter((byte, i) => byte === 0 && i % 2 === 0).length;
  return new TextDecoder(zeros > even.length / 4 ? 'utf-16be' : 'utf-16le').decode(even);
}

function* uncovered(bytes: Uint8Array, { covered }: Ifds): Generator<DocumentPart> {
  let at = 0;
  for (const [start, end] of [...covered].sort((a, b) => a[0] - b[0])) {
    if (start > at) yield { kind: 'bytes', locus: 'beside the picture', bytes: bytes.subarray(at, start) };
    at = Math.max(at, end);
  }
  if (at < bytes.length) yield { kind: 'bytes', locus: 'after the end', bytes: bytes.subarray(at) };
}
