import { PhiGateError } from '../../errors.ts';
import type { DocumentLimits, DocumentPart } from '../document.ts';
import type { Stopwatch } from '../stopwatch.ts';
import type { PdfEngine } from './engine.ts';
import { looseObjects } from './objects.ts';
import { earlierRevisions, outsideOfPdf } from './revisions.ts';

export interface PdfReading {
  readonly limits: DocumentLimits;
  readonly watch: Stopwatch;
  /** The beginning of a PDF whose end has been read. */
  readonly isRevision: boolean;
}

/** What an earlier revision is called, so that those before it are not read once more. */
export const REVISION = 'application/pdf; earlier revision';

/**
 * A PDF: what it says besides its pages, then page by page; its earlier revisions, which stay in the file when it is changed;
 * what stands before and behind it; and strings of objects that no page leads to.
 * @throws PhiGateError `unsupported` for one with a password, `malformed`, `too-large`.
 */
export async function* readPdf(
  bytes: Uint8Array,
  engine: PdfEngine,
  { limits, watch, isRevision }: PdfReading,
): AsyncGenerator<DocumentPart> {
  if (!isRevision) {
    yield* outsideOfPdf(bytes);
    for (const [i, revision] of earlierRevisions(bytes).entries())
      yield { kind: 'document', locus: `revision ${i + 1}`, bytes: revision, mediaType: REVISION };
  }
  // The library takes the bytes over: others may still need them.
  const opened = await engine.open(Uint8Array.from(bytes), limits, watch);
  if (opened.pages > limits.documentPages)
    throw new PhiGateError(
      'too-large',
      `the PDF has more than ${limits.documentPages} pages; raise limits.documentPages if that is right`,
    );
  const seen = new Set<string>();
  yield* noting(opened.parts, seen);
  for (let page = 1; page <= opened.pages; page += 1) {
    try {
      yield* noting(await opened.page(page), seen);
    } catch (error) {
      if (!(error instanceof PhiGateError) || error.code !== 'malformed') throw error;
      yield { kind: 'unread', locus: `page ${page}`, why: 'a page of the PDF is broken: it cannot be read' };
    }
  }
  yield* looseObjects(bytes, seen, limits);
}

function* noting(parts: readonly DocumentPart[], seen: Set<string>): Generator<DocumentPart> {
  for (const part of parts) {
    if (part.kind === 'text') seen.add(part.text);
    yield part;
  }
}
