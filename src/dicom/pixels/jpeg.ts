import type { OutputInfo } from 'sharp';
import { PhiGateError } from '../../errors.ts';
import type { PixelDescription } from './description.ts';
import { greyImage, type Image, rgbImage } from './image.ts';
import { headerMismatch, type StreamHeader } from './stream-header.ts';

/** Why a stream cannot be read as baseline, or undefined. A decoder must not be the one to find out. */
export function jpegMismatch(header: StreamHeader, description: PixelDescription): string | undefined {
  if (header.coding !== 'jpeg' || (header.process ?? 0) > 2)
    return 'the JPEG stream is not of the baseline process';
  if (header.precision !== 8) return 'the JPEG stream is not of 8 bits';
  return headerMismatch(header, description);
}

/**
 * Decodes a stream whose header was checked. YCbCr comes back as RGB.
 * @throws PhiGateError `malformed` where the decoder refuses it or it ends early.
 */
export async function decodeJpeg(stream: Uint8Array, header: StreamHeader): Promise<Image> {
  const colour = header.components === 3;
  // Loaded when the first frame asks for it: it takes as long to load as a small file to mask.
  const { default: sharp } = await import('sharp');
  let decoded: { data: Buffer; info: OutputInfo };
  try {
    decoded = await sharp(stream, { limitInputPixels: header.rows * header.columns, failOn: 'truncated' })
      .toColourspace(colour ? 'srgb' : 'b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
  } catch (cause) {
    throw new PhiGateError('malformed', 'the JPEG stream cannot be decoded', {}, cause);
  }
  const { data, info } = decoded;
  if (info.width !== header.columns || info.height !== header.rows || info.channels !== header.components) {
    throw new PhiGateError('malformed', 'the decoded JPEG picture has another size than its header says');
  }
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return colour ? rgbImage(info.width, info.height, bytes) : greyImage(info.width, info.height, bytes);
}
