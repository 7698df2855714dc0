/** A stretch of an XML document; all of them together are the whole of it. Offsets count UTF-16 units. */
export type XmlToken = XmlTag | XmlStretch;

export interface XmlStretch {
  readonly kind: 'text' | 'cdata' | 'comment' | 'instruction' | 'declaration' | 'close';
  readonly start: number;
  readonly end: number;
  /** Of a closing tag. */
  readonly name?: string;
}

export interface XmlTag {
  readonly kind: 'open';
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly isEmpty: boolean;
  readonly attributes: readonly XmlAttribute[];
}

export interface XmlAttribute {
  readonly name: string;
  /** From the white space before the name to the closing quote, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Between the quotes. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

const OPAQUE: readonly (readonly [begin: string, end: string, kind: XmlStretch['kind']])[] = [
  ['<!--', '-->', 'comment'],
  ['<![CDATA[', ']]>', 'cdata'],
  ['<?', '?>', 'instruction'],
];
const TAG = /<([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const CLOSE = /<\/([A-Za-z_][\w.:-]*)\s*>/y;
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;

/**
 * Takes an XML document apart (XML 1.0), strictly: masking changes none that it does not understand. Undefined where it is
 * not well-formed.
 */
export function xmlTokens(source: string): XmlToken[] | undefined {
  const tokens: XmlToken[] = [];
  let depth = 0;
  for (let at = 0; at < source.length; ) {
    const token = source[at] === '<' ? markup(source, at) : text(source, at);
    if (token === undefined) return undefined;
    if (token.kind === 'open' && !token.isEmpty) depth += 1;
    if (token.kind === 'close') depth -= 1;
    if (depth < 0) return undefined;
    tokens.push(token);
    at = token.end;
  }
  return depth === 0 ? tokens : undefined;
}

function text(source: string, start: number): XmlToken {
  const next = source.indexOf('<', start);
  return { kind: 'text', start, end: next < 0 ? source.length : next };
}

function markup(source: string, start: number): XmlToken | undefined {
  for (const [begin, finish, kind] of OPAQUE) {
    if (!source.startsWith(begin, start)) continue;
    const end = source.indexOf(finish, start + begin.length);
    return end < 0 ? undefined : { kind, start, end: end + finish.length };
  }
  // A document type may declare entities, and what they stand for: such a document is not cleaned.
  if (source.startsWith('<!', start)) return { kind: 'declaration', start, end: source.length };
  CLOSE.lastIndex = start;
  const closing = CLOSE.exec(source);
  if (closing !== null) return { kind: 'close', start, end: CLOSE.lastIndex, name: closing[1] ?? '' };
  TAG.lastIndex = start;
  const tag = TAG.exec(source);
  if (tag === null) return undefined;
  const [whole, name = '', attributes = '', slash] = tag;
  return {
    kind: 'open',
    start,
    end: start + whole.length,
    name,
    isEmpty: slash === '/',
    attributes: attributesOf(attributes, start + 1 + name.length),
  };
}

function attributesOf(text: string, from: number): XmlAttribute[] {
  return [...text.matchAll(ATTRIBUTE)].map((match) => {
    const start = from + match.index;
    const end = start + match[0].length;
    const value = match[2] ?? match[3] ?? '';
    return { name: match[1] ?? '', start, end, valueStart: end - 1 - value.length, valueEnd: end - 1 };
  });
}
