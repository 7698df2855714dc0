import type { DocumentPart } from '../document.ts';

const END = '%%EOF';
/** A linearised file has an end of its first page too, near its beginning (PDF Annex F). */
const HEAD = 1024;
const MOST_REVISIONS = 16;

/** The file as it was before each change that was appended to it (PDF 7.5.6): what a change takes out stays in there. */
export function earlierRevisions(bytes: Uint8Array): Uint8Array[] {
  const ends = endsOf(bytes);
  const isLinearised = Buffer.from(bytes.subarray(0, HEAD)).toString('latin1').includes('/Linearized');
  return ends
    .slice(isLinearised ? 1 : 0, -1)
    .slice(-MOST_REVISIONS)
    .map((end) => bytes.subarray(0, end));
}

/** Bytes before the header and after the last end: no reader of PDF shows them. */
export function* outsideOfPdf(bytes: Uint8Array): Generator<DocumentPart> {
  const start = Buffer.from(bytes.subarray(0, HEAD)).indexOf('%PDF-');
  if (start > 0) yield { kind: 'bytes', locus: 'before the beginning', bytes: bytes.subarray(0, start) };
  const end = endsOf(bytes).at(-1) ?? bytes.length;
  if (bytes.subarray(end).some((byte) => byte > 0x20))
    yield { kind: 'document', locus: 'after the end', bytes: bytes.subarray(end) };
}

function endsOf(bytes: Uint8Array): number[] {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ends: number[] = [];
  for (let at = whole.indexOf(END); at >= 0; at = whole.indexOf(END, at + 1)) ends.push(at + END.length);
  return ends;
}
