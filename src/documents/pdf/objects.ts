import { constants, inflateSync } from 'node:zlib';
import type { DocumentLimits, DocumentPart } from '../document.ts';
import { plainDate } from './strings.ts';
import { pdfStrings } from './strings-of-objects.ts';

const STREAM = 'stream';
const END_STREAM = 'endstream';
/** A stream's dictionary stands before it. */
const DICTIONARY = 2048;

/**
 * What a reader of pages passes by: strings of objects that nothing refers to, of signatures and of other dictionaries, object
 * streams included, and streams that are XML (forms, metadata of parts). `seen`: what was read already. Nothing of an encrypted
 * file: its strings are no text.
 */
export function* looseObjects(
  bytes: Uint8Array,
  seen: ReadonlySet<string>,
  limits: DocumentLimits,
): Generator<DocumentPart> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.includes('/Encrypt')) return;
  const strings = new Set<string>();
  let room = limits.documentBytes;
  const gather = (part: Uint8Array) => {
    for (const text of pdfStrings(part)) {
      const plain = plainDate(text);
      if (!seen.has(plain)) strings.add(plain);
    }
  };
  let at = 0;
  for (let start = file.indexOf(STREAM); start >= 0; start = file.indexOf(STREAM, at)) {
    gather(file.subarray(at, start));
    const end = file.indexOf(END_STREAM, start);
    if (end < 0) break;
    const dictionary = file.toString('latin1', Math.max(at, start - DICTIONARY), start);
    const content = contentOf(file.subarray(startOfData(file, start), end), dictionary, room);
    room -= content.length;
    if (/\/ObjStm\b/.test(dictionary)) gather(content);
    else if (/^\s*<[?\w]/.test(content.toString('latin1', 0, 64)))
      yield { kind: 'document', locus: 'objects', bytes: content, mediaType: 'text/xml' };
    at = end + END_STREAM.length;
  }
  gather(file.subarray(at));
  if (strings.size > 0) yield { kind: 'text', locus: 'objects', text: [...strings].join('\n') };
}

/** The data begin after the line end that follows the word (PDF 7.3.8.1). */
function startOfData(file: Buffer, at: number): number {
  const after = at + STREAM.length;
  return file[after] === 0x0d ? after + 2 : after + 1;
}

/** A deflated stream as far as there is room for it; pictures and streams of other filters are none of text. */
function contentOf(data: Buffer, dictionary: string, room: number): Buffer {
  const own = dictionary.slice(dictionary.lastIndexOf(' obj') + 1);
  if (/\/Subtype\s*\/Image\b|\/FontFile|\/Length[123]\b/.test(own)) return Buffer.alloc(0);
  if (!/\/Filter/.test(own)) return data;
  if (!/\/Filter\s*(?:\[\s*)?\/FlateDecode\s*(?:\]|\/[A-EG-Z]|>|\s)/.test(own) || room <= 0)
    return Buffer.alloc(0);
  try {
    return inflateSync(data, { maxOutputLength: room, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0); // too long or broken: the reader of pages has met it too
  }
}
