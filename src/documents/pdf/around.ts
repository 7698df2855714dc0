import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { DocumentPart } from '../document.ts';
import { plainDate, stringsIn } from './strings.ts';

/** Properties that name things of the format (PDF 32000-2: dictionary keys, types, ids). */
const TECHNICAL: ReadonlySet<string> = new Set(
  (
    'PDFFormatVersion Language EncryptFilterName Trapped id type fieldType editable color count bold italic rect page ' +
    'actionsId kidIds exportValues numItems multiline hidden fontName subtype dest'
  ).split(' '),
);
const NAMES_ALONE: ReadonlySet<string> = new Set();

/** Words for the entries of the information dictionary (PDF 14.3.3). */
const LABELS: Readonly<Record<string, string>> = {
  CreationDate: 'Creation date',
  ModDate: 'Modification date',
};
const SOFTWARE: ReadonlySet<string> = new Set(['Creator', 'Producer']);

/**
 * All that a PDF says besides its pages: information dictionary, XMP, bookmarks, names of destinations, page labels and
 * layers, form fields, scripts, attachments.
 */
export async function aroundPages(document: PDFDocumentProxy): Promise<DocumentPart[]> {
  const parts: DocumentPart[] = [];
  const add = (locus: string, value: unknown, technical = TECHNICAL) => {
    for (const text of stringsIn(value, technical)) parts.push({ kind: 'text', locus, text });
  };
  const { info, metadata } = await document.getMetadata();
  for (const [name, value] of Object.entries(info)) {
    if (TECHNICAL.has(name)) continue;
    // Names of entries that are not the standard's are the writer's own.
    if (name === 'Custom') add('metadata', Object.keys(value as object));
    for (const text of stringsIn(value, NAMES_ALONE))
      parts.push({
        kind: 'text',
        locus: 'metadata',
        text: plainDate(text),
        label: LABELS[name] ?? name,
        software: SOFTWARE.has(name),
      });
  }
  const xmp: unknown = metadata?.getRaw();
  if (typeof xmp === 'string')
    parts.push({ kind: 'document', locus: 'metadata', bytes: Buffer.from(xmp), mediaType: 'text/xml' });
  add('bookmarks', await document.getOutline());
  add('destinations', Object.keys((await document.getDestinations()) ?? {}));
  add(
    'page labels',
    ((await document.getPageLabels()) ?? []).filter((label) => !/^\d{0,4}$/.test(label)),
  );
  add(
    'layers',
    [...(await document.getOptionalContentConfig())].map((group) => group),
  );
  const fields = await document.getFieldObjects();
  add('form fields', fields instanceof Map ? [...fields] : fields);
  add('scripts', await document.getJSActions(), NAMES_ALONE);
  if (document.allXfaHtml) add('form', document.allXfaHtml, XFA_TECHNICAL);
  parts.push(...attachments(await document.getAttachments()));
  return parts;
}

/** How an XFA form looks; its text and values are all else. */
const XFA_TECHNICAL: ReadonlySet<string> = new Set([
  'name',
  'style',
  'class',
  'id',
  'xfaOn',
  'dir',
  'dataId',
  'fieldId',
]);

function attachments(found: unknown): DocumentPart[] {
  const entries =
    found instanceof Map ? [...found.entries()] : Object.entries((found as object | null) ?? {});
  return entries.flatMap(([key, file], i) =>
    attachmentParts(key, file as AttachedFile, `attachment ${i + 1}`),
  );
}

/** A file specification with its bytes, as the library gives it. */
export interface AttachedFile {
  readonly filename?: unknown;
  readonly rawFilename?: unknown;
  readonly description?: unknown;
  readonly content?: unknown;
}

/** The names of an attachment, and the attachment. */
export function attachmentParts(key: string, file: AttachedFile, locus: string): DocumentPart[] {
  const names = new Set(stringsIn([key, file.filename, file.rawFilename, file.description], NAMES_ALONE));
  const texts = [...names].map((text): DocumentPart => ({ kind: 'text', locus, text, label: 'File name' }));
  if (file.content instanceof Uint8Array) return [...texts, { kind: 'document', locus, bytes: file.content }];
  return [...texts, { kind: 'unread', locus, why: 'an attachment of the PDF cannot be read' }];
}
