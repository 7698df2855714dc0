import { TextDecoder } from 'node:util';
import { PhiGateError } from '../errors.ts';
import type { Format, Passage } from '../model/passage.ts';

/**
 * A plain text file (also CSV, JSON, XML) as one passage: its decoded characters, the byte-order mark left out, line ends
 * untouched. UTF-16 by its mark; else UTF-8, else windows-1252, which has a character for every byte.
 * @throws PhiGateError `not-searched` where the bytes are no text.
 */
export function textPassage(bytes: Uint8Array): Passage {
  return { text: decodePlainText(bytes), locus: 'text', place: 'text', hints: { format: 'text' } };
}

/**
 * The relative path of a source as a passage: folder names identify as well as file names do. Separators are `/`.
 * Nothing where the name says nothing.
 */
export function fileNamePassages(relativePath: string, format: Format): Passage[] {
  if (relativePath === '') return [];
  return [
    { text: relativePath.replaceAll('\\', '/'), locus: 'filename', place: 'file name', hints: { format } },
  ];
}

function decodePlainText(bytes: Uint8Array): string {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return decode('utf-16le', bytes.subarray(2)) ?? notText();
  if (a === 0xfe && b === 0xff) return decode('utf-16be', bytes.subarray(2)) ?? notText();
  const body = a === 0xef && b === 0xbb && c === 0xbf ? bytes.subarray(3) : bytes;
  const text = decode('utf-8', body) ?? decode('windows-1252', body) ?? notText();
  return text.includes('\0') ? notText() : text;
}

function decode(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function notText(): never {
  throw new PhiGateError(
    'not-searched',
    'the file holds bytes that are no text in UTF-8, UTF-16 or windows-1252',
  );
}
