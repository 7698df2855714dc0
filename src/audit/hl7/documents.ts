import { decodeBase64, decodeHex } from '../../documents/base64.ts';
import { documentKind } from '../../documents/kind.ts';
import type { Locus, PassageHints } from '../../model/passage.ts';

/** A document inside a message. */
export interface Hl7Document {
  readonly locus: Locus;
  readonly hints: PassageHints;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** What an ED holds in its fifth component; `unread` where it is said to be encoded and is not. */
export type Embedded =
  | { readonly kind: 'document'; readonly bytes: Uint8Array; readonly mediaType: string }
  | { readonly kind: 'unread' };

/** HL7 table 0291 and 0191, as far as the bytes do not say it themselves. */
const MEDIA: Readonly<Record<string, string>> = {
  XML: 'text/xml',
  HTML: 'text/html',
  SGML: 'text/html',
  'X-HL7-CDA-LEVEL-ONE': 'text/xml',
  'X-HL7-CDA-LEVEL-TWO': 'text/xml',
};

/** Runs shorter than this are codes. */
const SHORTEST = 24;

/**
 * ED (chapter 2A): data in .5, encoded as .4 says; texts with their escapes undone. Data that are text as they stand are a
 * document too where they are markup; undefined where they are a text as any other, or there is none.
 */
export function embeddedDocument(components: readonly string[], type: string): Embedded | undefined {
  if (type !== 'ED' && components.length < 5) return undefined;
  const [, , subtype = '', encoding = '', data = ''] = components;
  const mediaType = MEDIA[subtype.trim().toUpperCase()] ?? '';
  const named = encoding.trim().toLowerCase();
  if (data.trim() === '' || data.trim() === '""') return undefined;
  if (named === 'base64' || named === 'hex') {
    const bytes = named === 'hex' ? decodeHex(data) : decodeBase64(data);
    return bytes === undefined ? { kind: 'unread' } : { kind: 'document', bytes, mediaType };
  }
  if (type !== 'ED') return undefined;
  const hidden = documentInText(data);
  if (hidden !== undefined) return { kind: 'document', bytes: hidden, mediaType };
  const bytes = Buffer.from(data);
  return documentKind(bytes, mediaType) === 'text' ? undefined : { kind: 'document', bytes, mediaType };
}

/** A file in base64 or hex in a field for text: some senders put it there and do not say so. */
export function documentInText(text: string): Uint8Array | undefined {
  const compact = text.trim();
  if (compact.length < SHORTEST) return undefined;
  for (const bytes of [decodeHex(compact), decodeBase64(compact)]) {
    if (bytes === undefined) continue;
    const kind = documentKind(bytes);
    if (kind !== undefined && kind !== 'text' && kind !== 'stl') return bytes;
  }
  return undefined;
}
