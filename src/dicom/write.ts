import { deflateRawSync } from 'node:zlib';
import { type ByteSink, type ByteSource, type Edit, splice, spliceToBuffer } from '../splice.ts';
import type { DicomFile } from './element.ts';
import { encodeElement } from './encode.ts';
import { type Tag, tagOf } from './tag.ts';

const META = { explicit: true, littleEndian: true } as const;

/** What our file meta group says (PS3.10 7.1). */
export interface FileMeta {
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly transferSyntax: string;
  readonly implementationClass: string;
  readonly implementationVersion: string;
}

/** Preamble of zeros, `DICM` and a new file meta group. */
export function encodeFileHead(meta: FileMeta): Uint8Array {
  const text = (element: number, vr: string, value: string) =>
    encodeElement(tagOf(2, element), vr, Buffer.from(value, 'latin1'), META);
  const group = Buffer.concat([
    encodeElement(tagOf(2, 1), 'OB', Uint8Array.of(0, 1), META),
    ...(meta.sopClass === '' ? [] : [text(2, 'UI', meta.sopClass)]),
    ...(meta.sopInstance === '' ? [] : [text(3, 'UI', meta.sopInstance)]),
    text(0x10, 'UI', meta.transferSyntax),
    text(0x12, 'UI', meta.implementationClass),
    text(0x13, 'SH', meta.implementationVersion),
  ]);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, group.length, true);
  return Buffer.concat([
    new Uint8Array(128),
    Buffer.from('DICM'),
    encodeElement(0x00020000 as Tag, 'UL', length, META),
    group,
  ]);
}

/**
 * Writes a file: `head` in place of preamble and meta group, the data set with `edits` (offsets in `file.body`), nothing
 * of the trailing bytes. A deflated data set is deflated again (PS3.5 A.5); any other is copied in chunks.
 */
export function writeDicom(
  source: ByteSource,
  file: DicomFile,
  head: Uint8Array,
  edits: readonly Edit[],
  sink: ByteSink,
): void {
  const cut: Edit = { start: file.dataSetEnd, end: file.body.size, bytes: new Uint8Array(0) };
  if (file.inflated === undefined) {
    splice(source, [{ start: 0, end: file.dataSetStart, bytes: head }, ...edits, cut], sink);
    return;
  }
  sink.write(head);
  const deflated = deflateRawSync(spliceToBuffer(file.inflated, [...edits, cut]));
  sink.write(deflated);
  if (deflated.length % 2 === 1) sink.write(new Uint8Array(1));
}
