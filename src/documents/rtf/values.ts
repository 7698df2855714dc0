import type { DocumentPart } from '../document.ts';

/** `\yr2019\mo5\dy7\hr..` of a destination for a date, as a person writes it; '' where there is none. */
export function dateOf(words: ReadonlyMap<string, number | undefined>): string {
  const [year, month, day] = ['yr', 'mo', 'dy'].map((name) => words.get(name));
  if (year === undefined || month === undefined || day === undefined || year === 0) return '';
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}`;
}

/** Kinds of `\pict` that have a reader, by the word that announces them. */
const PICTURES: Readonly<Record<string, string>> = { pngblip: 'image/png', jpegblip: 'image/jpeg' };
/** Drawings that nobody here renders: what they show is not read. */
const METAFILES = ['emfblip', 'wmetafile', 'pmmetafile', 'macpict'];
const BITMAPS = ['dibitmap', 'wbitmap'];

/** The bytes of a picture or an object as a part of their own. */
export function pictureOf(bytes: Uint8Array, words: ReadonlyMap<string, number | undefined>): DocumentPart {
  if (!words.has('pict')) return { kind: 'bytes', locus: 'object', bytes };
  if (METAFILES.some((word) => words.has(word)))
    return { kind: 'unread', locus: 'picture', why: 'a metafile drawing cannot be rendered' };
  if (BITMAPS.some((word) => words.has(word)))
    return { kind: 'document', locus: 'picture', bytes, mediaType: 'image/x-dib' };
  const [, mediaType] = Object.entries(PICTURES).find(([word]) => words.has(word)) ?? [];
  return { kind: 'document', locus: 'picture', bytes, ...(mediaType !== undefined && { mediaType }) };
}
