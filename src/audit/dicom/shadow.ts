import type { DataElement, DicomFile, Fragment, Item } from '../../dicom/element.ts';
import { formatTag, groupOf, isPrivate, type Tag, tagOf } from '../../dicom/tag.ts';
import { PhiGateError } from '../../errors.ts';
import type { Locus } from '../../model/passage.ts';
import { type ByteSource, type Edit, sortEdits, splice } from '../../splice.ts';
import { type OffsetMap, offsetMap } from './offset-map.ts';

/** Why the shadow copy differs from the file. */
export type ShadowKind =
  | 'preamble-added' // the reader needs 128 bytes and DICM
  | 'transfer-syntax' // missing, padded with a space or contradicted by the bytes
  | 'inflated' // deflated data set handed over inflated, under our cap
  | 'trailing-cut' // bytes after the data set
  | 'vr' // a VR that the reader does not know, or whose length field it would misread
  | 'un-sequence' // a sequence under UN of defined length
  | 'tag' // duplicate, private implicit sequence, or group 0000-0002 in the data set: read under an alias
  | 'offset-table-added' // encapsulated data with no item at all
  | 'value-hidden' // a value that the reader would take for a sequence or never see the end of
  | 'bulk-cut'; // bulk bytes left out to keep memory flat

export interface ShadowRewrite {
  readonly kind: ShadowKind;
  readonly locus: Locus;
}

/** What dicom-parser is given instead of the file, and how its offsets lead back. */
export interface Shadow {
  readonly bytes: Uint8Array;
  readonly rewrites: readonly ShadowRewrite[];
  /** Shadow offsets of the file meta group, back to the file. */
  readonly headerMap: OffsetMap;
  /** Shadow offsets of the data set, back to the file, or to the inflated data set. */
  readonly bodyMap: OffsetMap;
  /** First byte of the data set in the shadow. */
  readonly bodyStart: number;
  /** Real lengths of values that were left out, by the offset of the value. */
  readonly cut: ReadonlyMap<number, number>;
  /** Real tags of elements that stand under an alias. */
  readonly aliases: ReadonlyMap<number, Tag>;
  /** Where the file's own Transfer Syntax UID stands when the shadow has another one; null where it has none. */
  readonly ownSyntax?: { readonly valueStart: number; readonly length: number } | null;
}

/** A value larger than this is left out of the shadow copy of a large file. */
export const BULK = 64 * 1024;

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const TRANSFER_SYNTAX = 0x00020010;
const PIXEL_DATA = 0x7fe00010;
/** VRs that dicom-parser 1.8 reads with a 32-bit length (PS3.5 7.1.2 has more). */
const LONG_VRS = new Set(['OB', 'OD', 'OL', 'OW', 'SQ', 'OF', 'UC', 'UR', 'UT', 'UN']);

interface Building {
  readonly source: ByteSource;
  readonly edits: Edit[];
  readonly rewrites: ShadowRewrite[];
  readonly cut: Map<number, number>;
  readonly aliases: Map<number, Tag>;
  readonly leaveBulkOut: boolean;
}

/**
 * The copy of a file that dicom-parser can read: header rewrites where it cannot read what the standard allows, bulk
 * values left out where the file is large. The file itself stays as it is; every rewrite is listed.
 * @throws PhiGateError `too-large` where the copy would pass `limit` bytes.
 */
export function shadowOf(source: ByteSource, file: DicomFile, leaveBulkOut: boolean, limit: number): Shadow {
  const { body } = file;
  const bodyFrom = file.inflated === undefined ? file.dataSetStart : 0;
  const header = building(source, false);
  const main = building(body, leaveBulkOut);
  if (file.inflated !== undefined) main.rewrites.push({ kind: 'inflated', locus: 'data set' });
  const ownSyntax = rewriteHeader(header, file);
  rewriteElements(main, file.dataSet, '', true);
  if (file.trailingLength > 0) main.rewrites.push({ kind: 'trailing-cut', locus: 'trailing' });

  const headerMap = offsetMap(0, file.dataSetStart, header.edits);
  const bodyMap = offsetMap(bodyFrom, file.dataSetEnd, main.edits);
  if (headerMap.size + bodyMap.size > limit) {
    throw new PhiGateError('too-large', 'the header is larger than the limit; raise limits.headerBytes');
  }
  return {
    bytes: Buffer.concat([
      copied(source, 0, file.dataSetStart, header.edits),
      copied(body, bodyFrom, file.dataSetEnd, main.edits),
    ]),
    rewrites: [...header.rewrites, ...main.rewrites],
    headerMap,
    bodyMap,
    bodyStart: headerMap.size,
    cut: main.cut,
    aliases: new Map([...header.aliases, ...main.aliases]),
    ...(ownSyntax !== undefined && { ownSyntax }),
  };
}

function building(source: ByteSource, leaveBulkOut: boolean): Building {
  return { source, edits: [], rewrites: [], cut: new Map(), aliases: new Map(), leaveBulkOut };
}

function copied(source: ByteSource, from: number, to: number, edits: readonly Edit[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const range: ByteSource = {
    size: to - from,
    read: (at, n) => source.read(from + at, Math.min(n, to - from - at)),
  };
  const moved = sortEdits(edits).map((e) => ({ start: e.start - from, end: e.end - from, bytes: e.bytes }));
  splice(range, moved, { write: (bytes) => parts.push(Uint8Array.from(bytes)) });
  return Buffer.concat(parts);
}

/** Returns where the Transfer Syntax UID of the file stands, null where it has none, undefined where it was left. */
function rewriteHeader(to: Building, file: DicomFile): Shadow['ownSyntax'] {
  if (file.preambleLength === 0) {
    const preamble = Buffer.alloc(132);
    preamble.write('DICM', 128, 'latin1');
    to.edits.push({ start: 0, end: 0, bytes: preamble });
    to.rewrites.push({ kind: 'preamble-added', locus: 'preamble' });
  }
  for (const element of file.meta)
    if (element.duplicate > 0) alias(to, element, formatTag(element.tag), 0x0002e000);
  const declared = file.meta.find((e) => e.tag === TRANSFER_SYNTAX && e.duplicate === 0);
  const asRead = declared === undefined ? undefined : cString(to.source, declared);
  const wanted = neededSyntax(file);
  if (asRead !== undefined && readAs(asRead) === readAs(wanted)) return undefined;
  const bytes = transferSyntaxElement(wanted);
  const at = declared ?? { start: file.dataSetStart, end: file.dataSetStart };
  to.edits.push({ start: at.start, end: at.end, bytes });
  to.rewrites.push({ kind: 'transfer-syntax', locus: '(0002,0010)' });
  if (declared === undefined) return null;
  return { valueStart: declared.valueStart, length: declared.valueEnd - declared.valueStart };
}

/** The syntax under which dicom-parser reads the data set as it is laid out. */
function neededSyntax(file: DicomFile): string {
  if (!file.encoding.explicit) return IMPLICIT;
  if (!file.encoding.littleEndian) return BIG_ENDIAN;
  const plain = file.transferSyntax !== '' && readAs(file.transferSyntax) === EXPLICIT;
  return plain ? file.transferSyntax : EXPLICIT;
}

/** How dicom-parser lays out a syntax: by exact comparison with three UIDs. */
function readAs(syntax: string): string {
  return [IMPLICIT, BIG_ENDIAN, DEFLATED].includes(syntax) ? syntax : EXPLICIT;
}

function cString(source: ByteSource, element: DataElement): string {
  const bytes = source.read(element.valueStart, element.valueEnd - element.valueStart);
  return Buffer.from(bytes).toString('latin1').split('\0')[0] ?? '';
}

function transferSyntaxElement(uid: string): Uint8Array {
  const value = uid.length % 2 === 0 ? uid : `${uid}\0`;
  const bytes = Buffer.alloc(8 + value.length);
  bytes.set([0x02, 0x00, 0x10, 0x00, 0x55, 0x49, value.length, 0x00]);
  bytes.write(value, 8, 'latin1');
  return bytes;
}

/** Plans the rewrites of a data set or item; returns by how many bytes the shadow is longer. */
function rewriteElements(
  to: Building,
  elements: readonly DataElement[],
  prefix: Locus,
  root: boolean,
): number {
  let growth = 0;
  for (const element of elements) {
    const locus = `${prefix}${formatTag(element.tag)}`;
    const lostSequence = element.items !== undefined && !element.encoding.explicit && isPrivate(element.tag);
    if (element.duplicate > 0 || lostSequence || (root && groupOf(element.tag) <= 2))
      alias(to, element, locus, 0xeeee0000);
    if (element.items !== undefined) growth += rewriteSequence(to, element, element.items, locus);
    else if (element.fragments !== undefined)
      growth += rewriteFragments(to, element, element.fragments, locus);
    else growth += rewriteValue(to, element, locus);
  }
  return growth;
}

/** Puts a tag in the place of one that dicom-parser would drop or overwrite. */
function alias(to: Building, element: DataElement, locus: Locus, base: number): void {
  const tag = (base + to.aliases.size) as Tag;
  to.aliases.set(tag, element.tag);
  const bytes = Buffer.alloc(4);
  const [group, number] = [groupOf(tag), tag & 0xffff];
  if (element.encoding.littleEndian) {
    bytes.writeUInt16LE(group, 0);
    bytes.writeUInt16LE(number, 2);
  } else {
    bytes.writeUInt16BE(group, 0);
    bytes.writeUInt16BE(number, 2);
  }
  to.edits.push({ start: element.start, end: element.start + 4, bytes });
  to.rewrites.push({ kind: 'tag', locus });
}

function rewriteSequence(to: Building, element: DataElement, items: readonly Item[], locus: Locus): number {
  const inner = items.find((item) => item.elements.length > 0)?.elements[0]?.encoding ?? element.encoding;
  let growth = 0;
  items.forEach((item, index) => {
    const grown = rewriteElements(to, item.elements, `${locus}[${index}].`, false);
    if (grown !== 0 && !item.undefinedLength) {
      setLength(to, item.valueStart, element.encoding.littleEndian, item.valueEnd - item.valueStart + grown);
    }
    growth += grown;
  });
  const length = element.valueEnd - element.valueStart + growth;
  // Big endian around little-endian UN content is more than a header rewrite: it stays opaque, and the agreement says so.
  const opaque = inner.littleEndian !== element.encoding.littleEndian;
  if (element.encoding.explicit && !opaque && element.valueStart - element.start === 12) {
    const vr = inner.explicit ? 'SQ' : 'UN';
    if (vr !== rawVr(to.source, element)) setVr(to, element, vr, locus);
    if (vr === 'UN' && !element.undefinedLength) return growth + closeWithDelimiter(to, element, locus);
  }
  if (growth !== 0 && !element.undefinedLength) {
    setLength(to, element.valueStart, element.encoding.littleEndian, length);
  }
  return growth;
}

/** Gives a sequence of defined length the undefined one, under which dicom-parser looks into UN. */
function closeWithDelimiter(to: Building, element: DataElement, locus: Locus): number {
  const little = element.encoding.littleEndian;
  setLength(to, element.valueStart, little, 0xffffffff);
  const delimiter = little ? [0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0] : [0xff, 0xfe, 0xe0, 0xdd, 0, 0, 0, 0];
  to.edits.push({ start: element.valueEnd, end: element.valueEnd, bytes: Uint8Array.from(delimiter) });
  to.rewrites.push({ kind: 'un-sequence', locus });
  return 8;
}

function rewriteFragments(
  to: Building,
  element: DataElement,
  fragments: readonly Fragment[],
  locus: Locus,
): number {
  const readable = element.tag === PIXEL_DATA && element.duplicate === 0 && element.encoding.explicit;
  if (!readable) return hide(to, element, locus, 'value-hidden');
  if (fragments.length === 0) {
    const bytes = Uint8Array.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
    to.edits.push({ start: element.valueStart, end: element.valueStart, bytes });
    to.rewrites.push({ kind: 'offset-table-added', locus });
    return bytes.length;
  }
  let growth = 0;
  fragments.forEach((fragment, index) => {
    const length = fragment.end - fragment.valueStart;
    const oddTable = index === 0 && length % 4 !== 0;
    if (length === 0 || !(oddTable || (to.leaveBulkOut && length > BULK))) return;
    cutValue(to, fragment.valueStart, fragment.end, element.encoding.littleEndian);
    to.rewrites.push({ kind: oddTable ? 'value-hidden' : 'bulk-cut', locus });
    growth -= length;
  });
  return growth;
}

function rewriteValue(to: Building, element: DataElement, locus: Locus): number {
  const length = element.valueEnd - element.valueStart;
  const { explicit, littleEndian } = element.encoding;
  if (explicit) {
    const vr = rawVr(to.source, element);
    const long = element.valueStart - element.start === 12;
    if (LONG_VRS.has(vr) !== long) setVr(to, element, long ? 'OB' : 'LO', locus);
    else if (vr === 'SQ') setVr(to, element, 'OB', locus);
  }
  if (element.undefinedLength) return hide(to, element, locus, 'value-hidden');
  const bulk = to.leaveBulkOut && length > BULK;
  const disguised =
    !explicit && length >= 4 && startsLikeItem(to.source.read(element.valueStart, 4), littleEndian);
  return bulk || disguised ? hide(to, element, locus, bulk ? 'bulk-cut' : 'value-hidden') : 0;
}

/** Leaves the value out, with its delimiter if there is one; the reading gives it back its length. */
function hide(to: Building, element: DataElement, locus: Locus, kind: ShadowKind): number {
  cutValue(to, element.valueStart, element.end, element.encoding.littleEndian, element.valueEnd);
  to.rewrites.push({ kind, locus });
  return element.valueStart - element.end;
}

function cutValue(to: Building, start: number, end: number, littleEndian: boolean, valueEnd = end): void {
  to.cut.set(start, valueEnd - start);
  setLength(to, start, littleEndian, 0);
  to.edits.push({ start, end, bytes: new Uint8Array(0) });
}

/** All lengths that change are 32-bit ones: a 16-bit length holds no bulk value and no item. */
function setLength(to: Building, valueStart: number, littleEndian: boolean, length: number): void {
  const bytes = Buffer.alloc(4);
  if (littleEndian) bytes.writeUInt32LE(length);
  else bytes.writeUInt32BE(length);
  to.edits.push({ start: valueStart - 4, end: valueStart, bytes });
}

function setVr(to: Building, element: DataElement, vr: string, locus: Locus): void {
  to.edits.push({ start: element.start + 4, end: element.start + 6, bytes: Buffer.from(vr, 'latin1') });
  to.rewrites.push({ kind: 'vr', locus });
}

function rawVr(source: ByteSource, element: DataElement): string {
  return Buffer.from(source.read(element.start + 4, 2)).toString('latin1');
}

function startsLikeItem(bytes: Uint8Array, littleEndian: boolean): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const tag = littleEndian ? tagOf((b << 8) | a, (d << 8) | c) : tagOf((a << 8) | b, (c << 8) | d);
  return tag === 0xfffee000 || tag === 0xfffee0dd;
}
