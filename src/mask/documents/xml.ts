import type { TextCleaner } from '../../detect/detector.ts';
import type { Project } from '../../project/schema.ts';
import { replacementsIn } from '../hl7/cleaning.ts';
import { clinicalTreatment } from './clinical.ts';
import { escapeText, resolveReferences } from './references.ts';
import { type XmlAttribute, type XmlTag, type XmlToken, xmlTokens } from './xml-tokens.ts';

interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface XmlCleaning {
  readonly cleaner: TextCleaner;
  readonly dates: Project['dates'];
}

/**
 * An XML document with the identifiers taken out, the rest character by character as it was: text is cleaned over the tags in
 * it, attributes in which anything is found go, and so do comments and instructions. In a clinical document (CDA) names,
 * addresses, telecoms and identifiers become `nullFlavor="MSK"` (HL7 V3: masked), and dates their year. Undefined where the
 * document is not well-formed or declares a document type: it is not cleaned then.
 */
export function cleanXml(source: string, options: XmlCleaning): string | undefined {
  const tokens = xmlTokens(source);
  if (tokens === undefined || tokens.some(({ kind }) => kind === 'declaration')) return undefined;
  return new Cleaner(source, tokens, options).clean();
}

class Cleaner {
  readonly #source: string;
  readonly #tokens: readonly XmlToken[];
  readonly #options: XmlCleaning;
  readonly #edits: TextEdit[] = [];
  readonly #open: string[] = [];
  /** The text of the document, blocks parted by line feeds, and where each unit of it stands. */
  #text = '';
  readonly #places: (readonly [start: number, end: number] | undefined)[] = [];

  constructor(source: string, tokens: readonly XmlToken[], options: XmlCleaning) {
    this.#source = source;
    this.#tokens = tokens;
    this.#options = options;
  }

  clean(): string {
    for (let i = 0; i < this.#tokens.length; i += 1) i = this.#token(i);
    this.#cleanText();
    return applied(this.#source, this.#edits);
  }

  /** Takes a token in; gives the index of the last one that is done with. */
  #token(index: number): number {
    const token = this.#tokens[index] as XmlToken;
    const { start, end } = token;
    switch (token.kind) {
      case 'text':
        this.#piece(start, end);
        return index;
      case 'cdata':
        this.#edits.push({ start, end: start + CDATA.length, text: '' }, { start: end - 3, end, text: '' });
        this.#literal(start + CDATA.length, end - 3);
        return index;
      case 'comment':
        this.#edits.push({ start, end, text: '' });
        return index;
      case 'instruction':
        if (!/^<\?xml\s/.test(this.#source.slice(start, start + 6)))
          this.#edits.push({ start, end, text: '' });
        return index;
      case 'close':
        this.#open.pop();
        this.#break(token.name ?? '');
        return index;
      case 'open':
        return this.#tag(token, index);
      default:
        return index;
    }
  }

  #tag(tag: XmlTag, index: number): number {
    this.#break(tag.name);
    this.#open.push(localName(tag.name));
    const treatment =
      this.#open[0] === 'ClinicalDocument' ? clinicalTreatment(this.#open.slice(-4)) : undefined;
    if (treatment === 'masked' || isPayload(tag, this.#source)) {
      const last = this.#endOf(index);
      const end = this.#tokens[last]?.end ?? tag.end;
      this.#edits.push({ start: tag.start, end, text: `<${tag.name} nullFlavor="MSK"/>` });
      this.#open.pop();
      return last;
    }
    for (const attribute of tag.attributes) this.#attribute(attribute, treatment === 'year');
    if (tag.isEmpty) this.#open.pop();
    return index;
  }

  /** Index of the closing tag of the element that begins there. */
  #endOf(index: number): number {
    let depth = 0;
    for (let i = index; i < this.#tokens.length; i += 1) {
      const token = this.#tokens[i] as XmlToken;
      if (token.kind === 'open' && !token.isEmpty) depth += 1;
      if (token.kind === 'close') depth -= 1;
      if (depth === 0) return i;
    }
    return this.#tokens.length - 1;
  }

  #attribute({ name, start, end, valueStart, valueEnd }: XmlAttribute, isDate: boolean): void {
    if (/^xmlns(?::|$)/.test(name)) return;
    const { cleaner, dates } = this.#options;
    const { text } = resolveReferences(this.#source.slice(valueStart, valueEnd), valueStart);
    if (isDate && name === 'value') {
      if (dates === 'keep') return;
      const year = dates === 'remove' ? undefined : /^\d{4}/.exec(text)?.[0];
      this.#edits.push(
        year === undefined ? { start, end, text: '' } : { start: valueStart, end: valueEnd, text: year },
      );
    } else if (/^data:/.test(text) || replacementsIn(cleaner, text, { label: name }).length > 0)
      this.#edits.push({ start, end, text: '' });
  }

  #break(name: string): void {
    if (INLINE.has(localName(name))) return;
    this.#text += '\n';
    this.#places.push(undefined);
  }

  #piece(start: number, end: number): void {
    const { text, places } = resolveReferences(this.#source.slice(start, end), start);
    this.#text += text;
    const at = this.#places.length;
    let to = end;
    for (let i = text.length - 1; i >= 0; i -= 1) {
      const from = places[i] ?? end;
      this.#places[at + i] = [from, to];
      if (places[i - 1] !== from) to = from;
    }
  }

  /** CDATA becomes text: what it holds is escaped. */
  #literal(start: number, end: number): void {
    for (let at = start; at < end; at += 1) this.#places.push([at, at + 1]);
    this.#text += this.#source.slice(start, end);
    for (const { 0: character, index } of this.#source.slice(start, end).matchAll(/[&<>]/g))
      this.#edits.push({ start: start + index, end: start + index + 1, text: escapeText(character) });
  }

  /** The placeholder goes where the identifier begins; what of it stands behind tags goes. */
  #cleanText(): void {
    for (const { start, end, placeholder } of replacementsIn(this.#options.cleaner, this.#text)) {
      const units = this.#places.slice(start, end).filter((place) => place !== undefined);
      units.forEach(([from, to], i) => {
        const taken = this.#edits.findIndex((edit) => edit.start === from && edit.end === to);
        if (taken >= 0) this.#edits.splice(taken, 1);
        this.#edits.push({ start: from, end: to, text: i === 0 ? placeholder : '' });
      });
    }
  }
}

const CDATA = '<![CDATA[';
/** Elements of a CDA narrative within a line (CDA R2 4.3.5). */
const INLINE = new Set(['content', 'linkHtml', 'sub', 'sup']);

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** A file in base64 (HL7 V3 data types, ED): it is a document of another kind. */
function isPayload({ attributes }: XmlTag, source: string): boolean {
  return attributes.some(
    ({ name, valueStart, valueEnd }) =>
      name === 'representation' && /^B64$/i.test(source.slice(valueStart, valueEnd)),
  );
}

function applied(source: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < at) continue; // the references of one character give the same place more than once
    result += source.slice(at, start) + text;
    at = end;
  }
  return result + source.slice(at);
}
