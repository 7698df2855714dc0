/** A text as patterns read it, and the way back to the text as it was given. */
export interface PlainText {
  readonly text: string;
  /** Where a stretch of the plain text stands in the given one; UTF-16 offsets of both. */
  readonly origin: (start: number, end: number) => { start: number; end: number };
}

/** What a text must have before anything in it can change: most descriptions have none of it. */
const MAY_CHANGE = /[\t\n\v\f\r&<\u0080-\uffff]| {2}|[a-z][A-Z][A-Za-z]|[A-Z]{2}[a-z]/;

const SPACE = ' \\t\\v\\f\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';
const NBSP = '&(?:nbsp|ensp|emsp|thinsp|NBSP|ENSP|EMSP|THINSP|#160|#[xX]0*[aA]0);';
/** Soft hyphens, joiners, marks of direction, invisible operators, variation selectors, byte-order marks. */
const UNSEEN =
  '\\u00ad\\u034f\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\ufe00-\\ufe0f\\ufeff';
const DASH = '\\u2010-\\u2015\\u2043\\u2212\\ufe58\\ufe63';
/** Elements of HTML that shape text, and attributes that only do so: what others carry is text to be read. */
const ELEMENTS =
  'a|abbr|b|big|body|br|caption|center|code|dd|div|dl|dt|em|font|h[1-6]|head|hr|html|i|ins|label|li|mark|ol|p|pre|s|small|span|strong|sub|sup|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul';
const ATTRIBUTES =
  'align|bgcolor|border|cellpadding|cellspacing|class|color|colspan|dir|face|height|lang|rowspan|size|style|valign|width';
const inBoth = (words: string): string => `(?:${words}|${words.toUpperCase()})`;
const TAG =
  `</?${inBoth(ELEMENTS)}` +
  `(?: ${inBoth(ATTRIBUTES)}=(?:"[^"<>@]{0,120}"|'[^'<>@]{0,120}'|[\\w#%.-]{1,40})){0,6} ?/?>`;
/** Where the name of a field begins, and no part of a URL. */
const IN_KEY = '(?<=(?:^|[\\s<{\\["\',;(]|</)[A-Za-z][A-Za-z0-9_.]{0,40})';
/** What follows the name of a field in JSON, XML or a list of settings. */
const IS_KEY = '["\']?(?: ?[:=]|>| value=)';
/** Where a name of a field written as `homePhone` or `MRNNumber` has a word's end. */
const KEY = `[a-z](?=[A-Z][A-Za-z0-9]{1,40}${IS_KEY})${IN_KEY}|[A-Z](?=(?:[A-Z][a-z][A-Za-z0-9]{1,40}|No|Nr|Id)${IS_KEY})${IN_KEY}`;

const CHANGES = new RegExp(
  [
    `(?<line>[${SPACE}]{0,40}(?:\\r\\n?|[\\n\\u0085\\u2028\\u2029])[${SPACE}]{0,200})`,
    `(?<space>(?:[${SPACE}]|${NBSP}){2,200}|[\\t\\v\\f\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000]|${NBSP})`,
    `(?<unseen>[${UNSEEN}]{1,40})`,
    `(?<dash>[${DASH}])`,
    `(?<entity>&(?:#\\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z]{2,8});)`,
    `(?<tag>${TAG})`,
    `(?<key>${KEY})`,
    '(?<wide>[\\uff01-\\uff5e\\u2100-\\u214f]|[\\u{1d400}-\\u{1d7ff}]|[\\u0660-\\u0669\\u06f0-\\u06f9\\u0966-\\u096f\\u09e6-\\u09ef\\u0e50-\\u0e59])',
  ].join('|'),
  'gu',
);

/** Named entities of HTML for what stands in identifiers and around them. */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  colon: ':',
  commat: '@',
  dash: '-',
  equals: '=',
  gt: '>',
  hyphen: '-',
  lbrack: '[',
  lowbar: '_',
  lpar: '(',
  lt: '<',
  mdash: '-',
  minus: '-',
  ndash: '-',
  num: '#',
  period: '.',
  plus: '+',
  quot: '"',
  rpar: ')',
  semi: ';',
  shy: '',
  sol: '/',
  tab: ' ',
  newline: '\n',
  zwj: '',
  zwnj: '',
};

/** Zeros of the decimal digits that compatibility does not fold (Unicode Nd): Arabic, Persian, Devanagari, Bengali, Thai. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

/** A line that is as long as this was broken because it was full. */
const FULL_LINE = 40;

/**
 * A text without what its typography adds: spaces of every kind are one space, dashes are hyphens, full-width and other
 * decimal digits are ASCII (Unicode NFKC, Nd), unseen characters and plain HTML markup are gone, character references
 * are what they stand for, the words of a field's name (`homePhone`) stand apart, and lines that were broken because they
 * were full are whole again where a number or a sentence goes on. The same text, with no cost, where there is nothing of
 * this.
 */
export function plainText(given: string): PlainText {
  if (!MAY_CHANGE.test(given)) return unchanged(given);
  const map = new Offsets();
  const parts: string[] = [];
  const before: Before = { length: 0, last: '', line: 0 };
  let at = 0;
  for (const match of given.matchAll(CHANGES)) {
    const end = match.index + match[0].length;
    map.kept(before.length, at);
    append(parts, before, given.slice(at, match.index));
    const put = replacement(match, given, end, before);
    if (put !== '') map.replaced(before.length, match.index, end);
    append(parts, before, put);
    at = end;
  }
  if (at === 0) return unchanged(given);
  map.kept(before.length, at);
  parts.push(given.slice(at));
  return { text: parts.join(''), origin: (start, end) => map.origin(start, end) };
}

const unchanged = (text: string): PlainText => ({ text, origin: (start, end) => ({ start, end }) });

/** What is known of the plain text so far: its length, its last two characters, and where its last line begins. */
interface Before {
  length: number;
  last: string;
  line: number;
}

function append(parts: string[], before: Before, text: string): void {
  if (text === '') return;
  parts.push(text);
  before.length += text.length;
  before.last = (before.last + text.slice(-2)).slice(-2);
  // Every break of the given text is a match, so that only a replacement ends a line.
  if (text === '\n') before.line = before.length;
}

/** What stands for a match, which ends at `end`, in the plain text. */
function replacement(match: RegExpMatchArray, given: string, end: number, before: Before): string {
  const { line, space, dash, entity, tag, key, wide } = match.groups ?? {};
  if (space !== undefined) return oneSpace(given, end, before);
  if (line !== undefined) return lineBreak(given, match.index ?? 0, end, before);
  if (dash !== undefined) return '-';
  if (entity !== undefined) return referred(entity, given, end, before);
  if (tag !== undefined) return markup(tag, given, end, before);
  if (key !== undefined) return `${key} `;
  if (wide !== undefined) return digitOrCompatible(wide);
  return '';
}

/** A space, unless one stands beside it already or nothing does. */
function oneSpace(given: string, end: number, { last }: Before): string {
  return /(?:^|[ \n])$/.test(last) || /^(?:$|[ \r\n])/.test(given.slice(end, end + 1)) ? '' : ' ';
}

/** The break, a space where a full line goes on in the next, nothing after a hyphen inside a number or code. */
function lineBreak(given: string, at: number, end: number, { last, length, line }: Before): string {
  const next = given.slice(end, end + 5);
  if (/[\p{L}\d]-$/u.test(last) && /^\d/.test(next)) return '';
  if (/\d-$/.test(last) && /^\p{L}/u.test(next)) return '';
  if (last.endsWith('-') && isInsideAddress(given, at, end)) return '';
  const goesOn =
    (/[\p{Ll}\d,)]$/u.test(last) && /^[\p{Ll}\d(+]/u.test(next)) ||
    (/[\p{L}\d]$/u.test(last) && /^(?:[\d(]|[A-Z\d]{1,4}(?!\p{L}))/u.test(next));
  return length - line > FULL_LINE && goesOn ? ' ' : '\n';
}

/** Whether a URL or an e-mail address goes on over a break after its hyphen. */
function isInsideAddress(given: string, at: number, end: number): boolean {
  const [left, right] = [given.slice(Math.max(0, at - 80), at), given.slice(end, end + 80)];
  if (!/^[\p{L}\p{N}]/u.test(right)) return false;
  return /(?:www\.|:\/\/|@|[a-z]\.[a-z]{2,6}\/)[^\s]{0,80}-$/i.test(left) || /^[\w.+-]{1,40}@/.test(right);
}

function referred(entity: string, given: string, end: number, before: Before): string {
  const name = entity.slice(1, -1).toLowerCase();
  if (!name.startsWith('#')) return ENTITIES[name] ?? entity;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return entity;
  const char = String.fromCodePoint(code);
  const plain = /^[\s\u00a0]$/u.test(char) ? ' ' : plainText(char).text;
  return plain === ' ' ? oneSpace(given, end, before) : plain;
}

/** Nothing where punctuation joins what stands on both sides of a tag, a space elsewhere. */
function markup(tag: string, given: string, end: number, before: Before): string {
  if (/^<\/?(?:a|abbr|b|big|code|em|font|i|ins|mark|s|small|span|strong|sub|sup|tt|u)[\s/>]/i.test(tag)) {
    if (/[-./@_(]$/.test(before.last) || /^[-./@_)]/.test(given.slice(end, end + 1))) return '';
  }
  return oneSpace(given, end, before);
}

function digitOrCompatible(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const zero = ZEROS.find((first) => code >= first && code <= first + 9);
  return zero === undefined ? char.normalize('NFKC') : String(code - zero);
}

/** Where each stretch of a plain text comes from. */
class Offsets {
  readonly #at: number[] = [];
  readonly #from: number[] = [];
  /** Where a replaced stretch ends in the given text; -1 for one that was kept. */
  readonly #to: number[] = [];

  kept(at: number, from: number): void {
    this.#push(at, from, -1);
  }

  replaced(at: number, from: number, to: number): void {
    this.#push(at, from, to);
  }

  #push(at: number, from: number, to: number): void {
    this.#at.push(at);
    this.#from.push(from);
    this.#to.push(to);
  }

  origin(start: number, end: number): { start: number; end: number } {
    const from = this.#given(start, 0);
    return { start: from, end: end <= start ? from : this.#given(end - 1, 1) };
  }

  /** Where the character at an offset stands in the given text; its end with `step` 1. A replaced stretch is taken whole. */
  #given(offset: number, step: 0 | 1): number {
    const i = this.#last(offset);
    const [at = 0, from = 0, to = -1] = [this.#at[i], this.#from[i], this.#to[i]];
    if (to < 0) return from + (offset - at) + step;
    return step === 0 ? from : to;
  }

  /** The stretch that an offset lies in: the last that begins at or before it. */
  #last(offset: number): number {
    let [low, high] = [0, this.#at.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#at[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
