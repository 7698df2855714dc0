/** Kinds of document that have a reader here. */
export type DocumentKind =
  | 'pdf'
  | 'rtf'
  | 'xml'
  | 'html'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'tiff'
  | 'bmp'
  | 'stl'
  | 'text';

/** Marks at the beginning, as hex at an offset. */
const MAGIC: readonly (readonly [at: number, hex: string, kind: DocumentKind])[] = [
  [0, '89504e470d0a1a0a', 'png'],
  [0, 'ffd8ff', 'jpeg'],
  [0, '474946383761', 'gif'],
  [0, '474946383961', 'gif'],
  [0, '49492a00', 'tiff'],
  [0, '4d4d002a', 'tiff'],
  [0, '49492b00', 'tiff'],
  [0, '4d4d002b', 'tiff'],
  [8, '57454250', 'webp'],
];

/** What a document is called where its bytes have no mark of their own. */
const MEDIA: Readonly<Record<string, DocumentKind>> = {
  'application/xml': 'xml',
  'text/xml': 'xml',
  'text/html': 'html',
  'model/stl': 'stl',
  'application/sla': 'stl',
  'model/obj': 'text',
  'model/mtl': 'text',
  'text/plain': 'text',
};

const HEAD = 1024;
const STL_HEADER = 84;
const STL_TRIANGLE = 50;

/**
 * The kind of a document by its first bytes, else by what its container calls it; `text` where it may be text, and undefined
 * where nothing here reads it.
 * @param size of all of it, where `bytes` are its beginning
 */
export function documentKind(
  bytes: Uint8Array,
  mediaType = '',
  size = bytes.length,
): DocumentKind | undefined {
  const head = Buffer.from(bytes.subarray(0, HEAD));
  const marked = MAGIC.find(([at, hex]) => head.toString('hex', at, at + hex.length / 2) === hex);
  if (marked !== undefined) return marked[2];
  const text = withoutMark(head);
  if (/(?:^|[\r\n])\s*%PDF-\d/.test(text)) return 'pdf';
  if (/^\s*\{\\rtf/.test(text)) return 'rtf';
  if (isBitmap(head) || mediaType === 'image/x-dib') return 'bmp';
  if (isBinaryStl(bytes, size)) return 'stl';
  const markup = markupKind(text);
  if (markup !== undefined) return markup;
  const named = MEDIA[mediaType.toLowerCase().split(';')[0]?.trim() ?? ''];
  const mayBeText = isLikeText(bytes.subarray(0, HEAD * 8));
  if (named !== undefined && named !== 'text') return named === 'stl' && mayBeText ? 'text' : named;
  return mayBeText ? 'text' : undefined;
}

/** Without a byte-order mark; UTF-16 a unit a character, so that its form shows. */
function withoutMark(head: Buffer): string {
  const [a, b, , d] = head;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0 && d === 0))
    return head.toString('utf16le').replace(/^\ufeff/, '');
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c))
    return Buffer.from(head.subarray(0, head.length & ~1))
      .swap16()
      .toString('utf16le')
      .replace(/^\ufeff/, '');
  return head.toString('latin1').replace(/^\xef\xbb\xbf/, '');
}

function markupKind(text: string): 'xml' | 'html' | undefined {
  const begin = text.replace(/^(?:\s|<!--[\s\S]*?-->)+/, '');
  if (/^<\?xml[\s?]/.test(begin)) return /<html[\s>]/i.test(begin) ? 'html' : 'xml';
  if (
    /^<(?:!doctype\s+html|html|head|body|div|p|table|span|h[1-6]|pre|meta|title|style|br|b|font)\b/i.test(
      begin,
    )
  )
    return 'html';
  return /^<(?:!DOCTYPE\s|[A-Za-z_][\w.-]*(?::[\w.-]+)?(?:\s+[^<]*=|\s*\/?>))/.test(begin)
    ? 'xml'
    : undefined;
}

/** `BM`, then a size and two reserved fields of zero: two letters alone begin many a text. */
const isBitmap = (head: Buffer): boolean =>
  head.length >= 14 && head.toString('latin1', 0, 2) === 'BM' && head.readUInt32LE(6) === 0;

/** Eighty bytes of anything, and as many triangles as the number after them says. */
function isBinaryStl(bytes: Uint8Array, size: number): boolean {
  if (bytes.length < STL_HEADER) return false;
  const triangles = new DataView(bytes.buffer, bytes.byteOffset).getUint32(80, true);
  const rest = size - (STL_HEADER + STL_TRIANGLE * triangles);
  return triangles > 0 && rest >= 0 && rest < STL_TRIANGLE;
}

/** No control characters but those of text; a byte-order mark speaks for itself. */
function isLikeText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  const [a, b] = head;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true;
  return head.every(
    (byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b || byte === 0x1a,
  );
}
