import type { DocumentPart, DocumentPicture } from '../../src/documents/document.ts';

/** All parts of a reading. */
export async function collect(
  parts: AsyncIterable<DocumentPart> | Iterable<DocumentPart>,
): Promise<DocumentPart[]> {
  const all: DocumentPart[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

export const textsOf = (parts: readonly DocumentPart[]): string[] =>
  parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));

export const picturesOf = (parts: readonly DocumentPart[]): DocumentPicture[] =>
  parts.filter((part): part is DocumentPicture => part.kind === 'picture');

/** Bytes and files inside, as Latin-1. */
export const bytesOf = (parts: readonly DocumentPart[]): string[] =>
  parts.flatMap((part) => ('bytes' in part ? [Buffer.from(part.bytes).toString('latin1')] : []));
