import { createRequire } from 'node:module';
import { PhiGateError } from '../../errors.ts';
import { isKnownSegment } from '../../hl7/field-types.ts';
import { type Delimiters, type MessageText, messagesOf } from './messages.ts';

/** A field: repetitions of components of subcomponents, as text with its escapes still in it. */
export type SecondField = readonly (readonly (readonly string[])[])[];

export interface SecondSegment {
  readonly name: string;
  /** Field n at index n - 1; MSH-1 and MSH-2 among them. */
  readonly fields: readonly SecondField[];
}

export interface SecondMessage {
  readonly segments: readonly SecondSegment[];
  readonly delimiters: Delimiters;
  /** False for the batch segments around messages. */
  readonly message: boolean;
  /** The bytes fitted the declared character set. */
  readonly sure: boolean;
  /** Set where hl7-standard could not read the message; `segments` is then empty. */
  readonly unreadable?: PhiGateError;
}

export interface Hl7SecondReading {
  readonly messages: readonly SecondMessage[];
}

type Value = string | readonly string[];
type Component = Readonly<Record<string, Value>>;
type FieldData = Value | Component | readonly Component[];
interface Hl7Standard {
  readonly transformed: Readonly<
    Record<string, readonly { readonly index: number; readonly data: Readonly<Record<string, FieldData>> }[]>
  >;
  transform(callback: ((error: unknown) => void) | undefined, batch: boolean): void;
}

const Hl7: new (raw: string) => Hl7Standard = createRequire(import.meta.url)('hl7-standard');

/** Standard delimiters that a message uses as plain text, out of hl7-standard's way; escapes are left to the passages. */
const HIDDEN: ReadonlyMap<string, string> = new Map(
  ['|', '^', '~', '&', '\r', '\n'].map((character, index) => [
    character,
    String.fromCharCode(0xe0f0 + index),
  ]),
);
const SHOWN = new Map([...HIDDEN].map(([character, hidden]) => [hidden, character]));

/**
 * Reads a file of HL7 v2 messages with hl7-standard, one normalised copy a message: byte-order mark, MLLP framing and
 * batch segments apart, CR line ends, character set decoded, the message's own delimiters put as the standard ones.
 */
export function readHl7Second(bytes: Uint8Array): Hl7SecondReading {
  return { messages: messagesOf(bytes).map(readMessage) };
}

function readMessage(text: MessageText): SecondMessage {
  const { delimiters, message, sure } = text;
  try {
    return { segments: parsed(text), delimiters, message, sure };
  } catch {
    // The parser's own message is left out: it may quote what it read.
    const unreadable = new PhiGateError(
      'malformed',
      'the second reader (hl7-standard) could not read the message',
    );
    return { segments: [], delimiters, message, sure, unreadable };
  }
}

function parsed({ lines, delimiters }: MessageText): SecondSegment[] {
  const isSegment = (line: string): boolean =>
    /^[A-Z][A-Z0-9]{2}/.test(line) &&
    (line.length === 3 ? isKnownSegment(line) : line.charAt(3) === delimiters.field);
  const segments = lines.filter(isSegment);
  const read = throughHl7Standard(segments, delimiters);
  return lines.map((line) =>
    isSegment(line) ? (read.shift() ?? lost()) : { name: '', fields: [[[[line]]]] },
  );
}

function lost(): never {
  throw new PhiGateError('malformed', 'the second reader (hl7-standard) lost a segment');
}

function throughHl7Standard(lines: readonly string[], delimiters: Delimiters): SecondSegment[] {
  if (lines.length === 0) return [];
  const normal = lines.map((line) => normalised(line, delimiters));
  // hl7-standard takes only what begins with a header or trailer of its list.
  const extra = /^(MSH|FHS|BHS|BTS|FTS)/.test(normal[0] ?? '') ? 0 : 1;
  const hl7 = new Hl7(`${extra === 0 ? '' : 'MSH||\r'}${normal.join('\r')}\r`);
  hl7.transform(undefined, true);
  return Object.entries(hl7.transformed)
    .flatMap(([name, all]) => all.map(({ index, data }) => ({ name, index, data })))
    .sort((a, b) => a.index - b.index)
    .slice(extra)
    .map(({ name, index, data }) => ({
      name,
      fields: fieldsOf(name, data, lines[index - extra] ?? '', delimiters),
    }));
}

const HEADER = /^(MSH|FHS|BHS)/;

/** A segment with the standard delimiters in the places of its own, and none anywhere else. */
function normalised(line: string, own: Delimiters): string {
  if (HEADER.test(line)) {
    // MSH-2 would be read as repetitions and components: it is left out here and put back from the line.
    const afterEncoding = line.indexOf(own.field, 4);
    return `${line.slice(0, 3)}|${afterEncoding < 0 ? '' : relettered(line.slice(afterEncoding), own)}`;
  }
  const text = relettered(line, own);
  // A segment that is only a name has no separator, and hl7-standard drops lines without one.
  return text.includes('|') ? text : `${text}|`;
}

function relettered(text: string, own: Delimiters): string {
  const letters = new Map([
    ...HIDDEN,
    [own.subcomponent, '&'],
    [own.repetition, '~'],
    [own.component, '^'],
    [own.field, '|'],
  ]);
  letters.delete('');
  return text.replace(
    characterClass([...letters.keys()]),
    (character) => letters.get(character) ?? character,
  );
}

function characterClass(characters: readonly string[]): RegExp {
  return new RegExp(
    `[${characters.map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}]`,
    'g',
  );
}

function fieldsOf(
  name: string,
  data: Readonly<Record<string, FieldData>>,
  line: string,
  delimiters: Delimiters,
): SecondField[] {
  if (line.length === 3) return [];
  const header = HEADER.test(name);
  // hl7-standard counts MSH-1 as a field, but not FHS-1 and BHS-1.
  const shift = header && name !== 'MSH' ? 1 : 0;
  const numbers = Object.keys(data).map((key) => Number(key.slice(name.length + 1)) + shift);
  return Array.from({ length: Math.max(0, ...numbers) }, (_, index) => {
    const number = index + 1;
    if (header && number === 1) return [[[delimiters.field]]];
    if (header && number === 2) return [[[line.slice(4).split(delimiters.field)[0] ?? '']]];
    const key = `${name}.${number - shift}`;
    return fieldOf(data[key] ?? '', key);
  });
}

function fieldOf(data: FieldData, key: string): SecondField {
  if (typeof data === 'string') return [[[shown(data)]]];
  if (Array.isArray(data)) {
    const list = data as readonly (string | Component)[];
    if (list.every((entry) => typeof entry === 'string')) return [[(list as readonly string[]).map(shown)]];
    return list.map((entry) => componentsOf(entry as Component, key));
  }
  return [componentsOf(data as Component, key)];
}

function componentsOf(components: Component, key: string): string[][] {
  return Object.keys(components).map((_, index) => {
    const value = components[`${key}.${index + 1}`] ?? '';
    return typeof value === 'string' ? [shown(value)] : value.map(shown);
  });
}

function shown(text: string): string {
  return text.replace(/[\ue0f0-\ue0f5]/g, (hidden) => SHOWN.get(hidden) ?? hidden);
}
