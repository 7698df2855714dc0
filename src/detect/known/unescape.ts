/** A text as its reader sees it, and where each of its characters stands in the source: UTF-16 offsets. */
export interface UnescapedText {
  readonly text: string;
  start(offset: number): number;
  end(offset: number): number;
}

/** What no escape of any format can do without. */
const HINT = /[&%\\<]|=(?:[89A-F][0-9A-F]|\r?\n)/;

/**
 * Character references (HTML, XML), percent-encoding (RFC 3986), quoted-printable (RFC 2045), `\u00fc` of JSON, `\'fc`,
 * `\u252?` and control words of RTF, escape sequences of HL7 v2 (chapter 2, 2.7), tags.
 */
const ESCAPE =
  /&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});|((?:%[0-9a-fA-F]{2})+)|((?:=[89A-F][0-9A-F])+|=\r?\n)|\\u([0-9a-fA-F]{4})|\\u(-?\d{2,5})\??|((?:\\'[0-9a-fA-F]{2})+)|\\X((?:[0-9A-Fa-f]{2})+)\\|\\(\.[a-z]{2}[+-]?\d*|[FSTREHN])\\|\\([a-z]{1,12})(?:-?\d{1,5})? ?|<(\/?[A-Za-z][^<>]{0,300})>/g;

/** Tags that stand inside words. */
const INLINE = /^\/?(?:a|b|i|u|s|em|strong|span|font|sub|sup|small|big|mark|tt|code|wbr|o:p|w:[a-z]+)\b/i;
/** Control words of RTF that part words. */
const PARTING = new Set([
  'par',
  'line',
  'tab',
  'cell',
  'row',
  'sect',
  'page',
  'lquote',
  'rquote',
  'emdash',
  'endash',
]);
const HL7_SIGNS: Readonly<Record<string, string>> = { F: '|', S: '^', T: '&', R: '~', E: '\\', H: '', N: '' };

const MARKS: Readonly<Record<string, string>> = {
  uml: '\u0308',
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  tilde: '\u0303',
  ring: '\u030a',
  cedil: '\u0327',
  caron: '\u030c',
};
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  szlig: 'ß',
  aelig: 'æ',
  AElig: 'Æ',
  oslash: 'ø',
  Oslash: 'Ø',
  oelig: 'œ',
  eth: 'ð',
  thorn: 'þ',
  shy: '',
  rsquo: '’',
  lsquo: '‘',
};

/** The text without the escapes and tags of any format that it holds; undefined where it holds none. */
export function unescapeText(source: string): UnescapedText | undefined {
  if (!HINT.test(source)) return undefined;
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  let at = 0;
  const copy = (until: number): void => {
    for (; at < until; at++) {
      text += source.charAt(at);
      starts.push(at);
      ends.push(at + 1);
    }
  };
  for (const match of source.matchAll(ESCAPE)) {
    const meaning = meaningOf(match);
    if (meaning === undefined) continue;
    copy(match.index);
    at = match.index + match[0].length;
    text += meaning;
    for (let i = 0; i < meaning.length; i++) {
      starts.push(match.index);
      ends.push(at);
    }
  }
  if (at === 0) return undefined;
  copy(source.length);
  return {
    text,
    start: (offset) => starts[offset] ?? source.length,
    end: (offset) => ends[offset - 1] ?? 0,
  };
}

function meaningOf(match: RegExpMatchArray): string | undefined {
  const [, reference, percent, printable, json, rtf, rtfBytes, hl7Bytes, hl7, control, tag] = match;
  if (reference !== undefined) return referred(reference);
  if (percent !== undefined) return decoded(percent.replaceAll('%', ''));
  if (printable !== undefined)
    return /^=\r?\n$/.test(printable) ? '' : decoded(printable.replaceAll('=', ''));
  if (json !== undefined) return String.fromCharCode(Number.parseInt(json, 16));
  if (rtf !== undefined) return String.fromCharCode(Number(rtf) & 0xffff);
  if (rtfBytes !== undefined) return decoded(rtfBytes.replaceAll("\\'", ''));
  if (hl7Bytes !== undefined) return decoded(hl7Bytes);
  if (hl7 !== undefined) return HL7_SIGNS[hl7] ?? '\n';
  if (control !== undefined) return PARTING.has(control) ? '\n' : '';
  return INLINE.test(tag ?? '') ? '' : ' ';
}

function referred(reference: string): string | undefined {
  if (reference.startsWith('#')) {
    const code = /^#x/i.test(reference)
      ? Number.parseInt(reference.slice(2), 16)
      : Number(reference.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  }
  const mark = MARKS[reference.slice(1)];
  if (mark !== undefined) return `${reference.charAt(0)}${mark}`.normalize('NFC');
  return NAMED[reference] ?? (/^(?:[nem][bn]?sp|thinsp|[nm]dash|hellip)/.test(reference) ? ' ' : undefined);
}

/** Bytes in hex as UTF-8, else as Latin-1. */
function decoded(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? bytes.toString('latin1') : text;
}
