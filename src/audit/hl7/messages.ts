import { decodeByMark, decodeMessage } from './charset.ts';

/** The five characters that a message names in MSH-1 and MSH-2; '' where it names none. */
export interface Delimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

/** A message, or the loose segments of a batch around the messages, as lines of decoded text. */
export interface MessageText {
  readonly lines: readonly string[];
  readonly delimiters: Delimiters;
  /** False for FHS, BHS, BTS, FTS and what stands outside any message. */
  readonly message: boolean;
  /** Bytes fitted the declared character set. */
  readonly sure: boolean;
}

const HEADERS = /^(MSH|FHS|BHS)[^A-Za-z0-9\s]/;
const BATCH = /^(FHS|BHS|BTS|FTS)([^A-Za-z0-9\s]|$)/;

/**
 * The auditor's own division of a file into messages: byte-order mark and MLLP framing off, character set decoded, lines
 * cut at CR, LF or CRLF, a new message at each MSH. A line that is no segment stays a line of its own.
 */
export function messagesOf(bytes: Uint8Array): MessageText[] {
  const marked = decodeByMark(bytes);
  const groups = divide(linesOf(marked ?? Buffer.from(bytes).toString('latin1')));
  return groups.map((lines) => {
    const header = lines.find((line) => HEADERS.test(line));
    const delimiters = delimitersOf(header);
    const decoded = marked === undefined ? decodeLines(lines, delimiters) : { lines, sure: true };
    return { ...decoded, delimiters, message: lines.some(isHeader) };
  });
}

function linesOf(text: string): string[] {
  return text.split(/[\r\n\u001c\u000b]+/).filter((line) => line.trim() !== '');
}

/** Each MSH begins a group; so does each batch segment. */
function divide(lines: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const afterBatch = last?.[0] !== undefined && BATCH.test(last[0]);
    if (last === undefined || isHeader(line) || BATCH.test(line) || afterBatch) groups.push([line]);
    else last.push(line);
  }
  return groups;
}

/** MSH-1 and MSH-2; a header that names fewer leaves the rest of the recommended ones (chapter 2, 2.5.4) unused. */
export function delimitersOf(header: string | undefined): Delimiters {
  const field = header?.charAt(3) ?? '|';
  const named = header === undefined ? '^~\\&' : (header.slice(4).split(field)[0] ?? '');
  return {
    field,
    component: named.charAt(0),
    repetition: named.charAt(1),
    escape: named.charAt(2),
    subcomponent: named.charAt(3),
  };
}

function decodeLines(lines: readonly string[], { field, repetition }: Delimiters): { lines: string[]; sure: boolean } {
  const declared = lines.find(isHeader)?.split(field)[17] ?? '';
  const names = repetition === '' ? [declared] : declared.split(repetition);
  const { text, sure } = decodeMessage(Buffer.from(lines.join('\r'), 'latin1'), names);
  return { lines: text.split('\r'), sure };
}

/** An MSH segment; a name of three letters that goes on with letters is text. */
function isHeader(line: string): boolean {
  return /^MSH[^A-Za-z0-9\s]/.test(line);
}
