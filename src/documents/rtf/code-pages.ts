import { TextDecoder } from 'node:util';
import { rtfFacts } from './facts.ts';

const WESTERN = 1252;
const SYMBOL = 2;

/** Decodes bytes by the number of a code page; those that nobody knows as windows-1252. Never throws. */
export function decodeCodePage(bytes: Uint8Array, codePage: number): string {
  const label = rtfFacts().encodings[codePage] ?? 'windows-1252';
  return new TextDecoder(label).decode(bytes);
}

/** The code page of a font by its `\fcharset`; the document's own for the default and for symbols. */
export function codePageOfCharset(charset: number, document: number): number {
  if (charset === 1 || charset === SYMBOL) return document;
  return rtfFacts().charsets[charset] ?? WESTERN;
}
