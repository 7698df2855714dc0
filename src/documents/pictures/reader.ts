import type { DocumentLimits, DocumentPart } from '../document.ts';
import { readBitmap } from './bitmap.ts';
import { type PictureKind, pictureMetadata } from './metadata.ts';
import { rasterPages } from './raster.ts';

/**
 * Every page or frame of a picture file, and all that it says besides: the metadata come first, so that they are searched even
 * where the picture cannot be decoded.
 * @throws PhiGateError `malformed`, `truncated`, `too-large`, `unsupported`.
 */
export async function* readPicture(
  bytes: Uint8Array,
  kind: PictureKind,
  limits: DocumentLimits,
): AsyncGenerator<DocumentPart> {
  yield* pictureMetadata(bytes, kind, limits);
  if (kind === 'bmp') yield* readBitmap(bytes, limits);
  else yield* rasterPages(bytes, limits);
}
