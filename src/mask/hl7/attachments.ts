import { decodeBase64, decodeHex } from '../../documents/base64.ts';
import { PhiGateError } from '../../errors.ts';
import { cleanDocument } from '../documents/clean.ts';
import type { MaskingContext } from '../masking.ts';

/** What is known of the field that a document stands in. */
export interface AttachmentContext {
  readonly masking: MaskingContext;
  /** Text of the component at a position; '' where there is none. */
  sibling(position: number): string;
}

/** Components of ED (chapter 2A): type of data, subtype, encoding, data. */
const SUBTYPE = 3;
const ENCODING = 4;
const DATA = 5;

/** HL7 table 0191 and 0291 where a document that is markup does not begin so. */
const MEDIA: Readonly<Record<string, string>> = { XML: 'text/xml', 'X-HL7-CDA-LEVEL-ONE': 'text/xml' };

/**
 * What takes the place of the data of an ED, or of the pointer of an RP, by the project's policy for documents; '' for those
 * that go. A cleaned document is encoded as the original was.
 * @throws PhiGateError `unsupported` where the project quarantines what has a document.
 */
export function maskedAttachment(text: string, context: AttachmentContext): string {
  const { documents } = context.masking.project;
  if (text.trim() === '' || documents === 'remove') return '';
  if (documents === 'quarantine') {
    throw new PhiGateError(
      'unsupported',
      'a document is attached, and the project quarantines documents; see `documents` in project.yaml',
    );
  }
  // The pointer of an RP stands where the data of an ED do not.
  if (context.sibling(DATA) !== text) return '';
  const encoding = context.sibling(ENCODING).trim().toLowerCase();
  const bytes = bytesOf(text, encoding);
  if (bytes === undefined) return '';
  const mediaType = MEDIA[context.sibling(SUBTYPE).trim().toUpperCase()] ?? '';
  const cleaned = cleanDocument(bytes, mediaType, context.masking);
  if (cleaned === undefined) return '';
  if (encoding === 'base64' || encoding === 'hex') return Buffer.from(cleaned).toString(encoding);
  return cleaned;
}

/** Data without an encoding that look like base64 or hex would be taken for a text: they go. */
function bytesOf(text: string, encoding: string): Uint8Array | undefined {
  if (encoding === 'base64') return decodeBase64(text);
  if (encoding === 'hex') return decodeHex(text);
  const looksEncoded = text.length > 24 && (decodeBase64(text) ?? decodeHex(text)) !== undefined;
  return looksEncoded ? undefined : Buffer.from(text);
}
