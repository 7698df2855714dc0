import { decodeAs } from './charset.ts';
import type { Delimiters } from './messages.ts';

/**
 * Text with its escape sequences undone (HL7 chapter 2.7): delimiters, hexadecimal bytes, line breaks; highlighting and
 * character set shifts go. What a local escape (`\Z..\`) holds stays, because somebody may read it; so does an escape
 * character that begins no sequence.
 */
export function unescaped(text: string, delimiters: Delimiters): string {
  const mark = delimiters.escape;
  if (mark === '' || !text.includes(mark)) return text;
  let out = '';
  for (let at = 0; at < text.length; ) {
    const close = text[at] === mark ? text.indexOf(mark, at + 1) : -1;
    const meaning = close < 0 ? undefined : meaningOf(text.slice(at + 1, close), delimiters);
    out += meaning ?? text[at] ?? '';
    at = meaning === undefined ? at + 1 : close + 1;
  }
  return out;
}

function meaningOf(sequence: string, delimiters: Delimiters): string | undefined {
  const named: Readonly<Record<string, string>> = {
    F: delimiters.field,
    S: delimiters.component,
    T: delimiters.subcomponent,
    R: delimiters.repetition,
    E: delimiters.escape,
    P: '#',
    H: '',
    N: '',
  };
  if (sequence in named) return named[sequence];
  if (/^X(?:[0-9A-Fa-f]{2})+$/.test(sequence)) return hexadecimal(sequence.slice(1));
  if (/^(C[0-9A-Fa-f]{4}|M[0-9A-Fa-f]{4,6})$/.test(sequence)) return '';
  if (/^\.(br|sp|ce)\s*\+?\d*$/.test(sequence)) return '\n';
  if (/^\.[a-z]{2}\s*[+-]?\d*$/.test(sequence)) return '';
  return sequence.startsWith('Z') ? sequence.slice(1) : undefined;
}

function hexadecimal(digits: string): string {
  const bytes = Buffer.from(digits, 'hex');
  return decodeAs('utf-8', bytes) ?? decodeAs('windows-1252', bytes) ?? '';
}
