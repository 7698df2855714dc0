import type { DocumentLimits, DocumentPart } from '../document.ts';

/** What the thread is asked. One document is open at a time. */
export type PdfRequest =
  | { readonly call: 'open'; readonly bytes: Uint8Array; readonly limits: DocumentLimits }
  | { readonly call: 'page'; readonly page: number };

/** What it answers: parts of the document, and after `open` its number of pages. */
export type PdfAnswer =
  | { readonly ok: true; readonly parts: readonly DocumentPart[]; readonly pages: number }
  | { readonly ok: false; readonly failure: PdfFailure };

/** Why a document cannot be read. The library's own messages may hold what the file says: they go no further. */
export type PdfFailure = 'password' | 'malformed';
