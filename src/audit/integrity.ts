import { createHash } from 'node:crypto';
import type { DataElement, DicomFile } from '../dicom/element.ts';
import { formatTag } from '../dicom/tag.ts';
import type { Locus } from '../model/passage.ts';
import { type ByteSource, type Edit, sortEdits } from '../splice.ts';
import type { SecondMessage } from './hl7/second-reader.ts';

/** What changed that should not have: never with a value. */
export interface IntegrityProblem {
  readonly kind:
    | 'missing' // pixel data that was there is gone
    | 'unexpected' // pixel data that was not there
    | 'pixels' // other bytes
    | 'fragments' // another number of fragments
    | 'bytes' // bytes outside edits differ
    | 'size'
    | 'segments'
    | 'fields';
  readonly locus: Locus;
}

/** Pixel Data, Float Pixel Data, Double Float Pixel Data (PS3.3 C.7.6.3, C.7.6.24). */
const PIXEL_TAGS = new Set([0x7fe00010, 0x7fe00008, 0x7fe00009]);
const CHUNK = 1 << 20;

/**
 * Pixel data of every level compared bit by bit, fragment by fragment, for files whose pixels were not redacted. The data
 * set's own must still be there; an icon may be gone. Offset tables are left out: they may be rewritten.
 */
export function pixelChanges(original: DicomFile, staged: DicomFile): IntegrityProblem[] {
  const before = pixelElements(original.dataSet, '');
  const after = new Map(pixelElements(staged.dataSet, '').map((found) => [found.locus, found.element]));
  const problems: IntegrityProblem[] = [];
  for (const { locus, element, depth } of before) {
    const twin = after.get(locus);
    after.delete(locus);
    if (twin === undefined) {
      // An icon goes with its sequence (PS3.15 E.1-1); the image itself never goes.
      if (depth === 0) problems.push({ kind: 'missing', locus });
      continue;
    }
    const kind = comparePixels(original, element, staged, twin);
    if (kind !== undefined) problems.push({ kind, locus });
  }
  for (const locus of after.keys()) problems.push({ kind: 'unexpected', locus });
  return problems;
}

interface Placed {
  readonly locus: Locus;
  readonly element: DataElement;
  readonly depth: number;
}

function pixelElements(elements: readonly DataElement[], prefix: Locus, depth = 0): Placed[] {
  return elements.flatMap((element) => {
    const locus = `${prefix}${formatTag(element.tag)}`;
    if (PIXEL_TAGS.has(element.tag)) return [{ locus, element, depth }];
    return (element.items ?? []).flatMap((item, index) =>
      pixelElements(item.elements, `${locus}[${index}].`, depth + 1),
    );
  });
}

function comparePixels(
  original: DicomFile,
  before: DataElement,
  staged: DicomFile,
  after: DataElement,
): 'pixels' | 'fragments' | undefined {
  const ranges = valueRanges(before);
  const others = valueRanges(after);
  if (ranges.length !== others.length) return 'fragments';
  const same = ranges.every(([start, end], index) => {
    const [from, to] = others[index] ?? [0, 0];
    return (
      end - start === to - from && rangeHash(original.body, start, end) === rangeHash(staged.body, from, to)
    );
  });
  return same ? undefined : 'pixels';
}

function valueRanges(element: DataElement): (readonly [start: number, end: number])[] {
  if (element.fragments === undefined) return [[element.valueStart, element.valueEnd]];
  return element.fragments.slice(1).map(({ valueStart, end }) => [valueStart, end]);
}

/** SHA-256 of the bytes `[start, end)`, read in chunks. */
export function rangeHash(source: ByteSource, start: number, end: number): string {
  const hash = createHash('sha256');
  for (let at = start; at < end; ) {
    const bytes = source.read(at, Math.min(CHUNK, end - at));
    if (bytes.length === 0) break;
    hash.update(bytes);
    at += bytes.length;
  }
  return hash.digest('hex');
}

/**
 * Whether every byte outside the edits is as it was, at its place shifted by the edits before it; also that the edits' own
 * bytes stand where they should. Holds for any format that `splice` wrote (not for a deflated file, which is packed anew).
 */
export function changesOutsideEdits(
  original: ByteSource,
  staged: ByteSource,
  edits: readonly Edit[],
): IntegrityProblem[] {
  let from = 0;
  let at = 0;
  for (const edit of sortEdits(edits)) {
    const length = edit.start - from;
    if (rangeHash(original, from, edit.start) !== rangeHash(staged, at, at + length))
      return [{ kind: 'bytes', locus: 'file' }];
    at += length;
    const written = Buffer.from(staged.read(at, edit.bytes.length));
    if (!written.equals(edit.bytes)) return [{ kind: 'bytes', locus: 'file' }];
    at += edit.bytes.length;
    from = edit.end;
  }
  if (original.size - from !== staged.size - at) return [{ kind: 'size', locus: 'file' }];
  if (rangeHash(original, from, original.size) !== rangeHash(staged, at, staged.size))
    return [{ kind: 'bytes', locus: 'file' }];
  return [];
}

/**
 * Whether masked messages keep their segments in order and the number of fields of each (a removed Z-segment is named in
 * `removed`). Both sides as the second reader sees them.
 */
export function structureChanges(
  original: SecondMessage,
  staged: SecondMessage,
  removed: (segment: string) => boolean = () => false,
): IntegrityProblem[] {
  const before = original.segments.filter(({ name }) => !removed(name));
  const names = before.map(({ name }) => name).join();
  if (names !== staged.segments.map(({ name }) => name).join()) return [{ kind: 'segments', locus: 'MSH' }];
  return before.flatMap(({ name, fields }, index) =>
    staged.segments[index]?.fields.length === fields.length
      ? []
      : [{ kind: 'fields' as const, locus: `${name}` }],
  );
}
