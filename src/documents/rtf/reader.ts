import { PhiGateError } from '../../errors.ts';
import type { DocumentLimits, DocumentPart } from '../document.ts';
import { codePageOfCharset, decodeCodePage } from './code-pages.ts';
import { rtfFacts } from './facts.ts';
import { type RtfToken, rtfTokens } from './tokens.ts';
import { dateOf, pictureOf } from './values.ts';

/** Groups within groups; a text nested deeper is no text that a word processor wrote. */
const DEEPEST = 1000;
const WESTERN = 1252;

/** What a group collects: the text around it goes on where the destination is part of it. */
interface Sink {
  /** Name of the destination, '' for the text of the document. */
  readonly name: string;
  text: string;
  hex: string;
  readonly binary: Uint8Array[];
  /** Control words that say what the data of the destination are. */
  readonly words: Map<string, number | undefined>;
}

interface Group {
  readonly sink: Sink;
  codePage: number;
  /** Characters that stand in for one `\u`, for readers that do not know it. */
  fallback: number;
  /** `\*` came: the next word names a destination, known or not. */
  starred: boolean;
  isFresh: boolean;
}

/**
 * Text of an RTF document: its body with headers, notes and hidden text, every other destination apart (`metadata` for those
 * about the document), pictures and objects as documents of their own. Text is decoded by the code page of its font, `\u` as
 * it says. Nothing is passed over: a destination that nobody knows is text.
 * @throws PhiGateError `malformed` where the bytes are no RTF, `too-deep`, `too-large`.
 */
export function* readRtf(bytes: Uint8Array, limits: DocumentLimits): Generator<DocumentPart> {
  if (
    !/^\s*\{\\rtf/.test(
      Buffer.from(bytes.subarray(0, 64))
        .toString('latin1')
        .replace(/^\xef\xbb\xbf/, ''),
    )
  )
    throw new PhiGateError('malformed', 'the document does not begin as RTF does');
  const reader = new Reader(limits);
  for (const token of rtfTokens(bytes)) yield* reader.take(token);
  yield* reader.end();
}

class Reader {
  readonly #limits: DocumentLimits;
  readonly #body = sink('');
  readonly #groups: Group[] = [];
  #group: Group = { sink: this.#body, codePage: WESTERN, fallback: 1, starred: false, isFresh: false };
  #documentCodePage = WESTERN;
  readonly #fonts = new Map<number, number>();
  #font = 0;
  /** Bytes of the code page that wait to be decoded together: a character may be two. */
  #pending: number[] = [];
  #skip = 0;
  #size = 0;

  constructor(limits: DocumentLimits) {
    this.#limits = limits;
  }

  *take(token: RtfToken): Generator<DocumentPart> {
    if (token.kind === 'bytes') {
      this.#bytes(token.bytes);
      return;
    }
    this.#flush();
    const { isFresh } = this.#group;
    this.#group.isFresh = false;
    switch (token.kind) {
      case 'open':
        this.#open();
        return;
      case 'close':
        yield* this.#close();
        return;
      case 'binary':
        this.#group.sink.binary.push(token.bytes);
        return;
      case 'symbol':
        this.#symbol(token.name);
        return;
      case 'word':
        this.#word(token.name, token.value, isFresh);
    }
  }

  *end(): Generator<DocumentPart> {
    this.#flush();
    while (this.#groups.length > 0) yield* this.#close();
    yield* partsOf(this.#body);
  }

  #open(): void {
    if (this.#groups.length >= DEEPEST)
      throw new PhiGateError('too-deep', `the RTF document nests more than ${DEEPEST} groups`);
    this.#groups.push(this.#group);
    this.#group = { ...this.#group, starred: false, isFresh: true };
    this.#skip = 0;
  }

  *#close(): Generator<DocumentPart> {
    const closed = this.#group.sink;
    const outer = this.#groups.pop();
    this.#skip = 0;
    if (outer === undefined) return;
    this.#group = outer;
    if (outer.sink !== closed) yield* partsOf(closed);
  }

  #symbol(name: string): void {
    if (name === '*') {
      this.#group.starred = true;
      this.#group.isFresh = true;
      return;
    }
    const character = rtfFacts().characters[name];
    if (character !== undefined) this.#write(character);
  }

  #word(name: string, value: number | undefined, isFresh: boolean): void {
    const { starred } = this.#group;
    this.#group.starred = false;
    if (isFresh && isDestination(name, starred)) {
      this.#group = { ...this.#group, sink: sink(name) };
      this.#group.sink.words.set(name, value);
      return;
    }
    const character = rtfFacts().characters[name];
    if (character !== undefined) this.#write(character);
    else if (name === 'u') this.#unicode(value ?? 0);
    else this.#state(name, value);
  }

  /** Words that change how what follows is to be read. */
  #state(name: string, value: number | undefined): void {
    this.#group.sink.words.set(name, value);
    if (name === 'uc') this.#group.fallback = Math.max(0, value ?? 1);
    else if (name === 'ansicpg') this.#documentCodePage = this.#group.codePage = value ?? WESTERN;
    else if (name === 'mac') this.#documentCodePage = this.#group.codePage = 10000;
    else if (name === 'pc' || name === 'pca') this.#documentCodePage = this.#group.codePage = 850;
    else if (name === 'plain') this.#group.codePage = this.#documentCodePage;
    else if (name === 'f' && this.#group.sink.name === 'fonttbl') this.#font = value ?? 0;
    else if (name === 'fcharset' && this.#group.sink.name === 'fonttbl')
      this.#fonts.set(this.#font, codePageOfCharset(value ?? 0, this.#documentCodePage));
    else if (name === 'f' || name === 'af') {
      this.#group.codePage = this.#fonts.get(value ?? 0) ?? this.#documentCodePage;
    }
  }

  #unicode(value: number): void {
    this.#write(String.fromCharCode(value & 0xffff));
    this.#skip = this.#group.fallback;
  }

  #bytes(bytes: Uint8Array): void {
    this.#group.isFresh = false;
    const { sink: into } = this.#group;
    if (rtfFacts().data.has(into.name)) {
      this.#count(bytes.length);
      into.hex += Buffer.from(bytes).toString('latin1');
      return;
    }
    for (const byte of bytes) {
      if (this.#skip > 0) this.#skip -= 1;
      else this.#pending.push(byte);
    }
  }

  #flush(): void {
    if (this.#pending.length === 0) return;
    const text = decodeCodePage(Uint8Array.from(this.#pending), this.#group.codePage);
    this.#pending = [];
    this.#write(text);
  }

  #write(text: string): void {
    this.#count(text.length);
    this.#group.sink.text += text;
  }

  #count(size: number): void {
    this.#size += size;
    if (this.#size > this.#limits.documentBytes)
      throw new PhiGateError('too-large', 'the text of the document is larger than limits.documentBytes');
  }
}

/** A group that begins with such a word has a text of its own; after `\*` every word names one. */
function isDestination(name: string, starred: boolean): boolean {
  const { inline, apart, metadata, tables, data } = rtfFacts();
  if (inline.has(name)) return false;
  return (
    starred ||
    name === 'info' ||
    metadata[name] !== undefined ||
    [apart, tables, data].some((names) => names.has(name))
  );
}

const sink = (name: string): Sink => ({ name, text: '', hex: '', binary: [], words: new Map() });

function* partsOf(from: Sink): Generator<DocumentPart> {
  const { apart, metadata, tables } = rtfFacts();
  const { name, binary } = from;
  const label = metadata[name];
  const date = dateOf(from.words);
  const text = from.text.trim() === '' ? date : from.text;
  if (text.trim() !== '') {
    const place = tables.has(name) ? 'tables' : apart.has(name) ? 'note' : 'field';
    const locus = name === '' ? 'text' : label === undefined ? place : 'metadata';
    yield { kind: 'text', text, locus, ...(label !== undefined && { label }) };
  }
  for (const bytes of [...binary, Buffer.from(from.hex.replace(/[^0-9a-fA-F]/g, ''), 'hex')]) {
    if (bytes.length > 0) yield pictureOf(bytes, from.words);
  }
}
