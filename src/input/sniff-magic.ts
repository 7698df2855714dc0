import type { Sniffed } from './sniff.ts';

type Kind = Extract<Sniffed, 'pdf' | 'image' | 'zip' | 'gzip' | 'archive' | 'office' | 'nifti'>;

/** First bytes that the formats' own specifications name, as hex at an offset. */
const MAGIC: readonly (readonly [at: number, hex: string, kind: Kind])[] = [
  [0, '89504e470d0a1a0a', 'image'], // PNG
  [0, 'ffd8ff', 'image'], // JPEG
  [0, '474946383761', 'image'], // GIF87a
  [0, '474946383961', 'image'], // GIF89a
  [0, '49492a00', 'image'], // TIFF, little endian
  [0, '4d4d002a', 'image'], // TIFF, big endian
  [0, '49492b00', 'image'], // BigTIFF
  [0, '4d4d002b', 'image'],
  [8, '57454250', 'image'], // RIFF....WEBP
  [0, '0000000c6a502020', 'image'], // JPEG 2000 (JP2)
  [0, 'ff4fff51', 'image'], // JPEG 2000 codestream
  [0, '0000000c4a584c20', 'image'], // JPEG XL
  [4, '6674797068656963', 'image'], // ftyp heic
  [4, '6674797061766966', 'image'], // ftyp avif
  [4, '667479706d696631', 'image'], // ftyp mif1
  [0, '1f8b', 'gzip'],
  [4, '314159265359', 'archive'], // bzip2
  [0, 'fd377a585a00', 'archive'], // xz
  [0, '377abcaf271c', 'archive'], // 7-Zip
  [0, '526172211a07', 'archive'], // RAR
  [0, '28b52ffd', 'archive'], // Zstandard
  [257, '7573746172', 'archive'], // tar
  [0, 'd0cf11e0a1b11ae1', 'office'], // OLE compound file: doc, xls, ppt, msg, Thumbs.db
  [0, '7b5c727466', 'office'], // {\rtf: escapes hide its text from a plain reader
  [344, '6e2b3100', 'nifti'],
  [344, '6e693100', 'nifti'],
  [4, '6e2b3200', 'nifti'], // NIfTI-2
  [4, '6e693200', 'nifti'],
];

/** Names that the first entry of an office document has in its zip. */
const OFFICE_ENTRY = /^(?:\[Content_Types\]\.xml|_rels\/|docProps\/|word\/|xl\/|ppt\/|mimetype)/;

/** The format whose mark stands in the first bytes. */
export function sniffMagic(head: Uint8Array): Kind | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (isPdf(bytes)) return 'pdf';
  const zip = sniffZip(bytes);
  if (zip) return zip;
  if (isBitmap(bytes)) return 'image';
  return MAGIC.find(([at, hex]) => bytes.toString('hex', at, at + hex.length / 2) === hex)?.[2];
}

/** Readers take a header anywhere in the first 1,024 bytes; here it must begin a line, so that prose does not count. */
function isPdf(bytes: Buffer): boolean {
  return /(?:^|[\r\n])\s*%PDF-\d/.test(bytes.toString('latin1', 0, 1024).replace(/^\xef\xbb\xbf/, ''));
}

function sniffZip(bytes: Buffer): 'zip' | 'office' | undefined {
  const mark = bytes.toString('hex', 0, 4);
  if (mark === '504b0506' || mark === '504b0708') return 'zip';
  if (mark !== '504b0304' || bytes.length < 30) return mark === '504b0304' ? 'zip' : undefined;
  const nameLength = bytes.readUInt16LE(26);
  return OFFICE_ENTRY.test(bytes.toString('latin1', 30, 30 + nameLength)) ? 'office' : 'zip';
}

/** `BM`, then a size and two reserved fields of zero: two letters alone begin many a text. */
function isBitmap(bytes: Buffer): boolean {
  return bytes.length >= 14 && bytes.toString('latin1', 0, 2) === 'BM' && bytes.readUInt32LE(6) === 0;
}
