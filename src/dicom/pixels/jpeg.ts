import sharp, { type OutputInfo } from 'sharp';
import { PhiGateError } from '../../errors.ts';
import type { PixelDescription } from './description.ts';
import { greyImage, type Image, rgbImage } from './image.ts';

/** What the start-of-frame segment of a JPEG stream says (ITU-T T.81, B.2.2). */
export interface JpegHeader {
  /** Low nibble of the SOF marker: 0 baseline, 1 extended, 2 progressive, 3 lossless... */
  readonly process: number;
  readonly precision: number;
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
}

/** SOF0 to SOF15 but DHT (C4), JPG (C8) and DAC (CC). */
const isStartOfFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/**
 * The frame header of a JPEG stream, found by walking its segments.
 * @throws PhiGateError `malformed` where there is none before the first scan.
 */
export function jpegHeader(stream: Uint8Array): JpegHeader {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const none = () => new PhiGateError('malformed', 'the JPEG stream has no frame header');
  if (stream.length < 4 || view.getUint16(0) !== 0xffd8) throw none();
  for (let at = 2; at + 4 <= stream.length; ) {
    if (stream[at] !== 0xff) throw none();
    const marker = stream[at + 1] as number;
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    if (isStartOfFrame(marker) && at + 10 <= stream.length) {
      return {
        process: marker & 0xf,
        precision: view.getUint8(at + 4),
        rows: view.getUint16(at + 5),
        columns: view.getUint16(at + 7),
        components: view.getUint8(at + 9),
      };
    }
    if (marker === 0xda || marker === 0xd9) throw none();
    at += 2 + view.getUint16(at + 2);
  }
  throw none();
}

/** Why the stream is not what the description says, or undefined. A decoder must not be the one to find out. */
export function jpegMismatch(header: JpegHeader, description: PixelDescription): string | undefined {
  if (header.process > 2) return 'the JPEG stream is not of the baseline process';
  if (header.precision !== 8) return 'the JPEG stream is not of 8 bits';
  if (header.rows !== description.rows || header.columns !== description.columns) {
    return 'the size in the JPEG stream differs from Rows and Columns';
  }
  if (header.components !== description.samplesPerPixel) {
    return 'the components in the JPEG stream differ from Samples per Pixel';
  }
  return undefined;
}

/**
 * Decodes a stream whose header was checked. YCbCr comes back as RGB.
 * @throws PhiGateError `malformed` where the decoder refuses it or it ends early.
 */
export async function decodeJpeg(stream: Uint8Array, header: JpegHeader): Promise<Image> {
  const colour = header.components === 3;
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
