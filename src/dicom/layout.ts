import type { Edit } from '../splice.ts';
import type { DataElement, DicomFile, Item } from './element.ts';
import { encodeElement, encodeHeader, encodeSequence } from './encode.ts';
import type { Tag } from './tag.ts';

/** What becomes of one element. Elements that are not named stay as they are. */
export type Change =
  | { readonly kind: 'remove' }
  /** A new value under the given VR; the header is written anew. */
  | { readonly kind: 'value'; readonly vr: string; readonly bytes: Uint8Array }
  /** A sequence that reads as opaque bytes (UN) is written as SQ in the data set's encoding, its items changed as asked. */
  | { readonly kind: 'plain sequence' }
  /** The whole element as it is to stand, header included. */
  | { readonly kind: 'element'; readonly bytes: Uint8Array }
  /** Other bytes inside the value, of the same length; the header stays. Offsets count in `file.body`. */
  | { readonly kind: 'patch'; readonly edits: readonly Edit[] };

export interface Addition {
  readonly tag: Tag;
  /** The whole element, encoded. */
  readonly bytes: Uint8Array;
}

export interface Changes {
  readonly elements: ReadonlyMap<DataElement, Change>;
  /** New elements of the data set's top level. A tag that stays must not be among them. */
  readonly additions: readonly Addition[];
}

const NOTHING = new Uint8Array(0);

/**
 * Byte edits for element changes: values with their headers, lengths of the sequences and items around them, additions
 * in the order of their tags. Offsets count in `file.body`. Everything else of the data set stays byte for byte.
 */
export function layoutEdits(file: DicomFile, changes: Changes): Edit[] {
  const edits: Edit[] = [];
  layoutElements(file, file.dataSet, changes.elements, edits);
  const additions = [...changes.additions].sort((a, b) => a.tag - b.tag);
  let next = 0;
  for (const element of file.dataSet) {
    while (next < additions.length && (additions[next]?.tag ?? 0) < element.tag) {
      edits.push({ start: element.start, end: element.start, bytes: additions[next]?.bytes ?? NOTHING });
      next += 1;
    }
  }
  for (const { bytes } of additions.slice(next))
    edits.push({ start: file.dataSetEnd, end: file.dataSetEnd, bytes });
  return edits;
}

/** Edits for the elements of a data set or item; returns by how many bytes they make it longer. */
function layoutElements(
  file: DicomFile,
  elements: readonly DataElement[],
  changes: ReadonlyMap<DataElement, Change>,
  edits: Edit[],
): number {
  let growth = 0;
  for (const element of elements) {
    const change = changes.get(element);
    if (change?.kind === 'patch') {
      edits.push(...change.edits);
    } else if (change !== undefined) {
      const bytes = changedElement(file, element, change, changes);
      edits.push({ start: element.start, end: element.end, bytes });
      growth += bytes.length - (element.end - element.start);
    } else if (element.items !== undefined) {
      growth += layoutSequence(file, element, element.items, changes, edits);
    }
  }
  return growth;
}

function layoutSequence(
  file: DicomFile,
  element: DataElement,
  items: readonly Item[],
  changes: ReadonlyMap<DataElement, Change>,
  edits: Edit[],
): number {
  let growth = 0;
  for (const item of items) {
    const inItem = layoutElements(file, item.elements, changes, edits);
    if (inItem !== 0 && !item.undefinedLength) {
      edits.push(
        lengthEdit(item.start + 4, item.valueEnd - item.valueStart + inItem, littleEndianOf(element)),
      );
    }
    growth += inItem;
  }
  if (growth !== 0 && !element.undefinedLength) {
    edits.push(
      lengthEdit(
        element.valueStart - 4,
        element.valueEnd - element.valueStart + growth,
        element.encoding.littleEndian,
      ),
    );
  }
  return growth;
}

/** Items of a sequence are in the byte order of their own elements: UN sequences hold little endian ones. */
function littleEndianOf(element: DataElement): boolean {
  const inner = element.items?.flatMap(({ elements }) => elements)[0];
  return inner?.encoding.littleEndian ?? element.encoding.littleEndian;
}

function lengthEdit(at: number, length: number, littleEndian: boolean): Edit {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, length, littleEndian);
  return { start: at, end: at + 4, bytes };
}

function changedElement(
  file: DicomFile,
  element: DataElement,
  change: Exclude<Change, { kind: 'patch' }>,
  changes: ReadonlyMap<DataElement, Change>,
): Uint8Array {
  if (change.kind === 'remove') return NOTHING;
  if (change.kind === 'element') return change.bytes;
  if (change.kind === 'value') return encodeElement(element.tag, change.vr, change.bytes, element.encoding);
  return plainSequence(file, element, changes, element.encoding);
}

function plainSequence(
  file: DicomFile,
  element: DataElement,
  changes: ReadonlyMap<DataElement, Change>,
  encoding: DataElement['encoding'],
): Uint8Array {
  const items = (element.items ?? []).map(({ elements }) =>
    Buffer.concat(elements.map((inner) => recodedElement(file, inner, changes, encoding))),
  );
  return encodeSequence(element.tag, items, encoding);
}

/** One element inside a sequence that is written anew. Both encodings have the same byte order. */
function recodedElement(
  file: DicomFile,
  element: DataElement,
  changes: ReadonlyMap<DataElement, Change>,
  encoding: DataElement['encoding'],
): Uint8Array {
  const change = changes.get(element);
  if (change?.kind === 'remove') return NOTHING;
  if (change?.kind === 'value') return encodeElement(element.tag, change.vr, change.bytes, encoding);
  if (element.items !== undefined) return plainSequence(file, element, changes, encoding);
  const length = element.valueEnd - element.valueStart;
  const value = Uint8Array.from(file.body.read(element.valueStart, length));
  return Buffer.concat([encodeHeader(element.tag, element.vr, length, encoding), value]);
}
