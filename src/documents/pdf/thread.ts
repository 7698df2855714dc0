// Runs in a worker thread: parsing a PDF that somebody wrote to break its reader can be ended from outside there.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { getDocument, type PDFDocumentProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { DocumentLimits, DocumentPart } from '../document.ts';
import { aroundPages } from './around.ts';
import { readPage } from './page.ts';
import type { PdfAnswer, PdfFailure, PdfRequest } from './protocol.ts';
import { WarningWatch } from './warnings.ts';

/** The library's own folder: tables, fonts and decoders come from there, and nothing from the network. */
const HOME = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

const warnings = new WarningWatch();
let document: PDFDocumentProxy | undefined;
let limits: DocumentLimits | undefined;

async function open(
  bytes: Uint8Array,
  of: DocumentLimits,
): Promise<{ parts: DocumentPart[]; pages: number }> {
  await document?.loadingTask.destroy();
  limits = of;
  document = await getDocument({
    data: bytes,
    cMapUrl: `${join(HOME, 'cmaps')}/`,
    standardFontDataUrl: `${join(HOME, 'standard_fonts')}/`,
    wasmUrl: `${join(HOME, 'wasm')}/`,
    iccUrl: `${join(HOME, 'iccs')}/`,
    verbosity: VerbosityLevel.WARNINGS,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: true,
    isOffscreenCanvasSupported: false,
    maxImageSize: of.framePixels,
  }).promise;
  const pages = document.numPages;
  return { parts: pages > of.documentPages ? [] : await aroundPages(document), pages };
}

async function page(number: number): Promise<{ parts: DocumentPart[]; pages: number }> {
  if (document === undefined || limits === undefined) throw new Error('no document is open');
  warnings.reset();
  const parts = await readPage(document, number, limits.framePixels);
  if (warnings.sawFailure && !parts.some(({ kind }) => kind === 'unread')) {
    const why = 'parts of a page of the PDF cannot be decoded';
    parts.push({ kind: 'unread', locus: `page ${number}`, why });
  }
  return { parts, pages: document.numPages };
}

function failureOf(error: unknown): PdfFailure {
  return error instanceof Error && error.name === 'PasswordException' ? 'password' : 'malformed';
}

parentPort?.on('message', async (request: PdfRequest) => {
  let answer: PdfAnswer;
  try {
    const given =
      request.call === 'open' ? await open(request.bytes, request.limits) : await page(request.page);
    answer = { ok: true, ...given };
  } catch (error) {
    answer = { ok: false, failure: failureOf(error) };
  }
  parentPort?.postMessage(answer);
});
