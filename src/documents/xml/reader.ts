import { Parser } from 'htmlparser2';
import { PhiGateError } from '../../errors.ts';
import { decodeBase64 } from '../base64.ts';
import { decodeCharacters } from '../characters.ts';
import type { DocumentPart, DocumentText } from '../document.ts';
import { type Clinical, typedAttribute, typedText } from './clinical.ts';
import { isInline } from './inline.ts';
import { offsetsIn } from './offsets.ts';

export interface XmlOptions {
  readonly html: boolean;
}

/** Elements around what is read, the innermost last. */
interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  readonly at: number;
}

/**
 * Text of an XML or HTML document, every place in code points of its decoded characters. First the characters as they stand:
 * names, comments, CDATA, declarations, attributes. Then the text that a reader sees, without the tags that part it and with
 * references resolved; values of attributes that hold references; values in places that say what they are (CDA). Payloads in
 * base64 and `data:` are documents of their own. Entities that the document declares are not expanded: their values are read
 * where they are declared. Nothing outside of the document is ever looked up.
 * @throws PhiGateError `malformed` where it is no text, `too-deep`.
 */
export function* readXml(bytes: Uint8Array, { html }: XmlOptions): Generator<DocumentPart> {
  const [source, ...others] = decodeCharacters(bytes);
  yield { kind: 'text', locus: 'text', text: source };
  for (const text of others) yield { kind: 'text', locus: 'text', text };
  const reading = new Reading(source, html);
  yield* reading.parts();
}

/** As many as `rules/documents/cda.yaml` names, and one around them. */
const INNERMOST = 4;
/** Elements within elements: a document nested deeper was written to break its reader. */
const DEEPEST = 2000;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

class Reading {
  readonly #source: string;
  readonly #html: boolean;
  readonly #pointAt: (index: number) => number;
  readonly #open: Open[] = [];
  readonly #pieces: { text: string; at: number }[] = [];
  readonly #parts: DocumentPart[] = [];

  constructor(source: string, html: boolean) {
    this.#source = source;
    this.#html = html;
    this.#pointAt = offsetsIn(source);
  }

  parts(): DocumentPart[] {
    const parser = new Parser(
      {
        onopentagname: (name) => this.#break(name, parser.startIndex),
        onattribute: (_, value) => this.#attribute(value, parser.startIndex, parser.endIndex),
        onopentag: (name, attributes) => this.#opened(name, attributes, parser.startIndex, parser.endIndex),
        ontext: (text) => this.#text(text, parser.startIndex),
        onclosetag: (name) => this.#closed(name, parser.startIndex),
      },
      { xmlMode: !this.#html, decodeEntities: true },
    );
    parser.end(this.#source);
    const text = this.#pieces.map((piece) => piece.text).join('');
    const seen: DocumentText[] =
      text.trim() === '' ? [] : [{ kind: 'text', locus: 'text', text, pieces: this.#pieces }];
    return [...seen, ...this.#parts];
  }

  /** Text on both sides of a block does not run together; inside a line it does. */
  #break(name: string, index: number): void {
    if (isInline(name, this.#html)) return;
    if (this.#pieces.at(-1)?.text !== '\n') this.#pieces.push({ text: '\n', at: this.#pointAt(index) });
  }

  #attribute(value: string, start: number, end: number): void {
    const written = this.#source.slice(start, end);
    if (written.includes('&')) this.#value(value, start, end);
    const data = /^data:([\w/+.-]*)[^,]*;base64,/.exec(value);
    if (data !== null) this.#payload(value.slice(data[0].length), data[1] ?? '');
  }

  #opened(name: string, attributes: Readonly<Record<string, string>>, index: number, end: number): void {
    if (this.#open.length >= DEEPEST)
      throw new PhiGateError('too-deep', `the document nests more than ${DEEPEST} elements`);
    this.#open.push({ name, attributes, text: '', at: index });
    const place = this.#place();
    for (const [attribute, value] of Object.entries(attributes)) {
      const clinical = typedAttribute(place, attribute, value);
      if (clinical !== undefined) this.#value(value, index, end, clinical);
    }
  }

  #text(text: string, index: number): void {
    this.#pieces.push({ text, at: this.#pointAt(index) });
    const open = this.#open.at(-1);
    if (open !== undefined) open.text += text;
  }

  #closed(name: string, index: number): void {
    this.#break(name, index);
    const place = this.#place();
    const closed = this.#open.pop();
    if (closed === undefined || closed.text.trim() === '') return;
    if (/^B64$/i.test(closed.attributes.representation ?? ''))
      this.#payload(closed.text, closed.attributes.mediaType ?? '');
    const clinical = typedText(place, closed.text);
    if (clinical !== undefined) this.#value(closed.text, closed.at, index, clinical);
  }

  /** The innermost elements of a clinical document; none of another, where `time` and `name` may be anything. */
  #place(): string[] {
    if (localName(this.#open[0]?.name ?? '') !== 'ClinicalDocument') return [];
    return this.#open.slice(-INNERMOST).map(({ name }) => localName(name));
  }

  /** A value with what is known of its place. It is found again in the characters, so that its span is that of the file. */
  #value(value: string, start: number, end: number, clinical?: Clinical): void {
    const written = this.#source.slice(start, end + 1).indexOf(value);
    const at = this.#pointAt(start + Math.max(0, written));
    this.#parts.push({
      kind: 'text',
      locus: 'text',
      text: value,
      pieces: [{ text: value, at }],
      ...clinical,
    });
  }

  #payload(text: string, mediaType: string): void {
    const bytes = decodeBase64(text);
    this.#parts.push(
      bytes === undefined
        ? { kind: 'unread', locus: 'payload', why: 'a payload is said to be base64 and is not' }
        : { kind: 'document', locus: 'payload', bytes, ...(mediaType !== '' && { mediaType }) },
    );
  }
}
