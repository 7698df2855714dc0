import type { DocumentPart } from './document.ts';

const HEADER = 80;
const BODY = 84;
const TRIANGLE = 50;
const VERTICES = 48;

/** What a binary STL model says besides its triangles: its header, two bytes a triangle, and what stands behind the last. */
export function* readStl(bytes: Uint8Array): Generator<DocumentPart> {
  const triangles = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(HEADER, true);
  yield { kind: 'bytes', locus: 'header', bytes: bytes.subarray(0, HEADER) };
  const attributes = new Uint8Array(2 * triangles);
  for (let i = 0; i < triangles; i += 1) {
    const at = BODY + TRIANGLE * i + VERTICES;
    attributes.set(bytes.subarray(at, at + 2), 2 * i);
  }
  if (attributes.some((byte) => byte !== 0)) yield { kind: 'bytes', locus: 'attributes', bytes: attributes };
  const end = BODY + TRIANGLE * triangles;
  if (end < bytes.length) yield { kind: 'bytes', locus: 'after the end', bytes: bytes.subarray(end) };
}
