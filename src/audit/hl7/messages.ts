import { decodeByMark, decodeMessage } from './charset.ts';

/** The five characters that a message names in MSH-1 and MSH-2; '' where it names none. */
export interface Delimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

/** A message, or what stands between messages (batch segments, stray lines), as lines of decoded text. */
export interface MessageText {
  readonly lines: readonly string[];
  readonly delimiters: Delimiters;
  /** False for FHS, BHS, BTS, FTS and for lines outside any message. */
  readonly message: boolean;
  /** Bytes fitted the declared character set. */
  readonly sure: boolean;
}

interface Group {
  readonly kind: 'message' | 'batch' | 'outside';
  readonly lines: string[];
}

const BATCH = /^(FHS|BHS|BTS|FTS)([^A-Za-z0-9\s]|$)/;
/** A line end, or MLLP's end block where one may stand. */
const LINE_END = /(\r\n|\r|\n|\u001c(?=[\r\n\u000b]|$))/;

/**
 * The auditor's own division of a file into messages: byte-order marks and MLLP framing off, character set decoded, lines
 * cut at CR, LF or CRLF, a new message at each MSH. A line that is no segment stays a line of its own.
 */
export function messagesOf(bytes: Uint8Array): MessageText[] {
  const marked = decodeByMark(bytes);
  const groups = divide(marked ?? Buffer.from(bytes).toString('latin1'));
  let batch: Delimiters | undefined;
  return groups.map(({ kind, lines }) => {
    const header = lines.find((line) => isHeader(line) || BATCH.test(line));
    const named = header === undefined || /^[BF]TS/.test(header) ? undefined : delimitersOf(header);
    if (kind === 'batch') batch = named ?? batch;
    const field = header?.charAt(3) || '|';
    const delimiters = named ?? { ...(batch ?? delimitersOf(undefined)), field };
    const decoded = marked === undefined ? decodeLines(lines, delimiters) : { lines, sure: true };
    return { ...decoded, delimiters, message: kind === 'message' };
  });
}

function divide(text: string): Group[] {
  const groups: Group[] = [];
  const pieces = text.split(LINE_END);
  let open: Group | undefined;
  for (let at = 0; at < pieces.length; at += 2) {
    const line = (pieces[at] ?? '').replace(/^\u000b+/, '').replace(/^(\ufeff|\u00ef\u00bb\u00bf)/, '');
    const trimmed = line.replace(/^[ \t]+/, '');
    const kind = isHeader(trimmed) ? 'message' : BATCH.test(trimmed) ? 'batch' : undefined;
    if (kind !== undefined) {
      open = { kind, lines: [trimmed] };
      groups.push(open);
      if (kind === 'batch') open = undefined;
    } else if (trimmed !== '') {
      if (open === undefined) {
        open = { kind: 'outside', lines: [] };
        groups.push(open);
      }
      open.lines.push(/^[A-Z][A-Z0-9]{2}/.test(trimmed) ? trimmed : line);
    }
    if (pieces[at + 1] === '\u001c') open = undefined;
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

function decodeLines(
  lines: readonly string[],
  { field, repetition }: Delimiters,
): { lines: string[]; sure: boolean } {
  const declared = lines.find(isHeader)?.split(field)[17] ?? '';
  const names = repetition === '' ? [declared] : declared.split(repetition);
  const { text, sure } = decodeMessage(Buffer.from(lines.join('\r'), 'latin1'), names);
  return { lines: text.split('\r'), sure };
}

/** An MSH segment; a name of three letters that goes on with letters is text. */
function isHeader(line: string): boolean {
  return /^MSH[^A-Za-z0-9\s]/.test(line);
}
