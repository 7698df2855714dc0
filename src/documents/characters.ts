import { TextDecoder } from 'node:util';
import { PhiGateError } from '../errors.ts';

/** How a text may be read: the first is what it says of itself, or what most likely it is. */
export type Readings = readonly [string, ...string[]];

/**
 * Decodes a text by its byte-order mark, by the encoding that an XML declaration or a `meta` element names, else as UTF-8, else
 * as windows-1252, which has a character for every byte. Where what it names gives another text than UTF-8, both count. The
 * mark is left out.
 * @throws PhiGateError `malformed` where it is no text in any of them.
 */
export function decodeCharacters(bytes: Uint8Array): Readings {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return only(decode('utf-16le', bytes.subarray(2)));
  if (a === 0xfe && b === 0xff) return only(decode('utf-16be', bytes.subarray(2)));
  if (a === 0x3c && b === 0 && c !== 0 && d === 0) return only(decode('utf-16le', bytes));
  if (a === 0 && b === 0x3c && c === 0 && d !== 0) return only(decode('utf-16be', bytes));
  const body = a === 0xef && b === 0xbb && c === 0xbf ? bytes.subarray(3) : bytes;
  const named = namedEncoding(body);
  const byName = named === undefined ? undefined : decode(named, body);
  const usual = decode('utf-8', body) ?? decode('windows-1252', body);
  if (byName === undefined) return only(usual);
  return usual === undefined || usual === byName ? [byName] : [byName, usual];
}

/** A short text without a name for its encoding: UTF-8, else windows-1252. */
export function decodeShort(bytes: Uint8Array): string {
  return decode('utf-8', bytes) ?? new TextDecoder('windows-1252').decode(bytes);
}

function only(text: string | undefined): Readings {
  if (text === undefined)
    throw new PhiGateError('malformed', 'the document is no text in the encoding that it is said to have');
  return [text];
}

function namedEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const name =
    /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(head) ??
    /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head);
  return name?.[1];
}

function decode(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
