import type { Sharp } from 'sharp';
import { PhiGateError } from '../../errors.ts';
import type { DocumentLimits, DocumentPart, DocumentPicture } from '../document.ts';

/**
 * The pictures of a PNG, JPEG, GIF, WebP or TIFF file, one page or frame at a time. Where a picture is partly transparent, its
 * colours come without their transparency, and the transparency as a picture of its own: text may show in one alone.
 * @throws PhiGateError `too-large`, `malformed` where the file cannot be decoded.
 */
export async function* rasterPages(bytes: Uint8Array, limits: DocumentLimits): AsyncGenerator<DocumentPart> {
  // Loaded with the first picture: most runs have none.
  const { default: sharp } = await import('sharp');
  const open = (page = 0): Sharp =>
    // A picture that breaks off is not shown grey where it is missing, but refused.
    sharp(bytes, {
      failOn: 'truncated',
      limitInputPixels: limits.framePixels,
      page,
      pages: 1,
      sequentialRead: true,
    });
  const { pages = 1 } = await decoded(() => open().metadata());
  if (pages > limits.documentPages)
    throw new PhiGateError(
      'too-large',
      `the picture has more than ${limits.documentPages} pages; raise limits.documentPages if that is right`,
    );
  for (let page = 0; page < pages; page += 1) {
    try {
      yield* pictures(() => open(page), page + 1, limits);
    } catch (error) {
      if (pages === 1 || !(error instanceof PhiGateError)) throw error;
      yield { kind: 'unread', locus: `page ${page + 1}`, why: error.message };
    }
  }
}

async function* pictures(
  pageOf: () => Sharp,
  page: number,
  { framePixels }: DocumentLimits,
): AsyncGenerator<DocumentPicture> {
  const { width, height, channels = 3, depth, hasAlpha = false } = await decoded(() => pageOf().metadata());
  if (width * height > framePixels)
    throw new PhiGateError('too-large', `a picture of the document has more than ${framePixels} pixels`);
  const isGrey = channels - (hasAlpha ? 1 : 0) === 1;
  const isDeep = isGrey && depth === 'ushort';
  const place = { kind: 'picture', locus: `page ${page}`, page } as const;
  const colours = await samples(hasAlpha ? pageOf().removeAlpha() : pageOf(), isGrey, isDeep);
  yield { ...place, ...colours, channels: isGrey ? 1 : 3, bits: isDeep ? 16 : 8 };
  if (!hasAlpha) return;
  const alpha = await samples(pageOf().extractChannel('alpha'), true, false);
  if (alpha.data.some((value) => value !== alpha.data[0])) yield { ...place, ...alpha, channels: 1, bits: 8 };
}

/** Samples as they are shown, turned upright where the file says how it was held. */
async function samples(
  picture: Sharp,
  isGrey: boolean,
  isDeep: boolean,
): Promise<Pick<DocumentPicture, 'width' | 'height' | 'data'>> {
  const plain = picture.toColourspace(isGrey ? (isDeep ? 'grey16' : 'b-w') : 'srgb');
  const raw = plain.raw({ depth: isDeep ? 'ushort' : 'uchar' });
  const { data, info } = await decoded(() => raw.toBuffer({ resolveWithObject: true }));
  return { width: info.width, height: info.height, data };
}

/** The library's messages may hold what the file says: only what kind of error it was is told. */
async function decoded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PhiGateError) throw error;
    const message = error instanceof Error ? error.message : '';
    if (/exceeds pixel limit/.test(message))
      throw new PhiGateError(
        'too-large',
        'a picture of the document has more pixels than limits.framePixels',
      );
    throw new PhiGateError('malformed', 'the picture is broken or cut: it cannot be decoded');
  }
}
