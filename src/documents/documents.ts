import { PhiGateError } from '../errors.ts';
import { decodeCharacters } from './characters.ts';
import type {
  DocumentBytes,
  DocumentLimits,
  DocumentPart,
  DocumentPicture,
  DocumentText,
  UnreadPart,
} from './document.ts';
import { documentKind } from './kind.ts';
import { PdfEngines } from './pdf/engines.ts';
import { REVISION, readPdf } from './pdf/reader.ts';
import { rasterPages } from './pictures/raster.ts';
import { readPicture } from './pictures/reader.ts';
import { readRtf } from './rtf/reader.ts';
import { readStl } from './stl.ts';
import { Stopwatch } from './stopwatch.ts';
import { readXml } from './xml/reader.ts';

/** What is left when files within files are opened. */
export type ReadPart = DocumentText | DocumentBytes | DocumentPicture | UnreadPart;

export interface Documents {
  /**
   * Everything in a document, files in it included, one part at a time. What cannot be read of it is an `unread` part: a
   * reading never ends in silence.
   * @param mediaType what its container calls it
   */
  read(bytes: Uint8Array, limits: DocumentLimits, mediaType?: string): AsyncGenerator<ReadPart>;
  close(): Promise<void>;
}

/** Files in files in files: more is a trick. */
const DEEPEST = 5;
const MOST_PARTS = 200_000;

/** Readers of documents. No thread is started before there is a PDF to read. */
export function createDocuments(): Documents {
  const engines = new PdfEngines();
  return {
    read: (bytes, limits, mediaType) => new Reading(engines, limits).read({ bytes, mediaType, locus: '' }, 0),
    close: () => engines.close(),
  };
}

/** An SVG with paths: letters may be drawn in it, and no text says so. */
function isDrawing(bytes: Uint8Array): boolean {
  const [source] = decodeCharacters(bytes);
  return (
    /<(?:\w+:)?svg[\s>]/.test(source.slice(0, SVG_HEAD)) && /<(?:\w+:)?(?:path|image|use)\s/.test(source)
  );
}

const SVG_HEAD = 4096;

interface Opening {
  readonly bytes: Uint8Array;
  readonly mediaType: string | undefined;
  readonly locus: string;
}

/** One document with all that is in it: its limits hold for all of it together. */
class Reading {
  readonly #engines: PdfEngines;
  readonly #limits: DocumentLimits;
  readonly #watch: Stopwatch;
  #bytes = 0;
  #parts = 0;

  constructor(engines: PdfEngines, limits: DocumentLimits) {
    this.#engines = engines;
    this.#limits = limits;
    this.#watch = new Stopwatch(limits.documentSeconds);
  }

  async *read(opening: Opening, depth: number): AsyncGenerator<ReadPart> {
    // What is inside waits until its container has been read: one at a time is in memory, and one thread is enough.
    const inside: Opening[] = [];
    try {
      // An earlier revision is a part of the bytes that were counted.
      if (opening.mediaType !== REVISION) this.#count(opening.bytes.length);
      for await (const part of this.#partsOf(opening)) {
        this.#parts += 1;
        if (this.#parts > MOST_PARTS) throw new PhiGateError('too-large', 'the document has too many parts');
        this.#watch.check();
        const locus = opening.locus === '' ? part.locus : `${opening.locus} ${part.locus}`;
        if (part.kind === 'document') inside.push({ bytes: part.bytes, mediaType: part.mediaType, locus });
        else {
          this.#watch.pause();
          yield { ...part, locus };
          this.#watch.goOn();
        }
      }
    } catch (error) {
      if (!(error instanceof PhiGateError)) throw error;
      yield { kind: 'unread', locus: opening.locus || 'document', why: error.message, code: error.code };
    }
    for (const inner of inside) {
      if (depth < DEEPEST) yield* this.read(inner, depth + 1);
      else yield { kind: 'unread', locus: inner.locus, why: 'files are packed too deep in one another' };
    }
  }

  async *#partsOf({ bytes, mediaType }: Opening): AsyncGenerator<DocumentPart> {
    const limits = this.#limits;
    const kind = documentKind(bytes, mediaType);
    switch (kind) {
      case 'pdf': {
        const engine = this.#engines.take();
        try {
          const reading = { limits, watch: this.#watch, isRevision: mediaType === REVISION };
          yield* readPdf(bytes, engine, reading);
        } finally {
          this.#engines.giveBack(engine);
        }
        return;
      }
      case 'rtf':
        yield* readRtf(bytes, limits);
        return;
      case 'xml':
      case 'html':
        yield* readXml(bytes, { html: kind === 'html' });
        if (kind === 'xml' && isDrawing(bytes)) yield* rasterPages(bytes, limits);
        return;
      case 'text':
        for (const text of decodeCharacters(bytes)) yield { kind: 'text', locus: 'text', text };
        return;
      case 'stl':
        yield* readStl(bytes);
        return;
      case undefined:
        // Nobody knows what it is: what prints in it is searched, and it is said that it was not read.
        yield { kind: 'bytes', locus: 'bytes', bytes };
        yield { kind: 'unread', locus: 'document', why: 'a document of a kind that cannot be read' };
        return;
      default:
        yield* readPicture(bytes, kind, limits);
    }
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#limits.documentBytes)
      throw new PhiGateError(
        'too-large',
        'the document, or what is packed in it, has more bytes than limits.documentBytes',
      );
  }
}
