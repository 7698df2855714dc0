import sharp from 'sharp';
import type { PixelData, PixelDescription } from '../../src/dicom/pixels/description.ts';
import { memorySource } from '../../src/splice.ts';
import type { Ground } from '../draw/grounds.ts';
import type { Random } from '../random.ts';

/** How a picture is stored. */
export type Storage = 'native 8' | 'native 16' | 'native rgb' | 'jpeg grey' | 'jpeg rgb';

const EXPLICIT_LE = '1.2.840.10008.1.2.1';
const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';

/** Red, green and blue of an ink whose brightest channel is 1. */
export type Tint = readonly [number, number, number];

/**
 * A picture as an instance would carry it. `tinted` pixels have a colour; `quality` is that of JPEG, 1 to 100.
 */
export async function stored(
  picture: Ground,
  storage: Storage,
  random: Random,
  tints: ReadonlyMap<number, Tint>,
): Promise<{ description: PixelDescription; data: PixelData; quality?: number }> {
  const { width, height, level } = picture;
  if (storage === 'native 16') {
    const [low, high] = [random.whole(0, 200), random.whole(900, 4095)];
    const values = Uint16Array.from(level, (value) => Math.round(low + value * (high - low)));
    return native(new Uint8Array(values.buffer), { ...describe(width, height, 1), ...SIXTEEN });
  }
  const channels = storage.endsWith('rgb') ? 3 : 1;
  const bytes = new Uint8Array(level.length * channels);
  for (let i = 0; i < level.length; i++) {
    const tint = tints.get(i) ?? WHITE;
    for (let c = 0; c < channels; c++) {
      bytes[i * channels + c] = Math.round(
        255 * (level[i] as number) * (channels === 3 ? (tint[c] as number) : 1),
      );
    }
  }
  const description = describe(width, height, channels);
  if (storage.startsWith('native')) return native(bytes, description);
  const quality = random.whole(60, 92);
  const stream = await sharp(bytes, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .jpeg({ quality })
    .toBuffer();
  return {
    description: {
      ...description,
      transferSyntax: JPEG_BASELINE,
      photometric: channels === 1 ? 'MONOCHROME2' : 'YBR_FULL_422',
    },
    data: {
      kind: 'encapsulated',
      source: memorySource(stream),
      fragments: [{ start: 0, length: stream.length }],
      offsetTable: [],
    },
    quality,
  };
}

const WHITE: Tint = [1, 1, 1];
const SIXTEEN = { bitsAllocated: 16, bitsStored: 12, highBit: 11 } as const;

function native(bytes: Uint8Array, description: PixelDescription) {
  const data: PixelData = { kind: 'native', source: memorySource(bytes), start: 0, length: bytes.length };
  return { description, data };
}

function describe(columns: number, rows: number, channels: 1 | 3): PixelDescription {
  return {
    transferSyntax: EXPLICIT_LE,
    rows,
    columns,
    frames: 1,
    samplesPerPixel: channels,
    photometric: channels === 1 ? 'MONOCHROME2' : 'RGB',
    planarConfiguration: 0,
    bitsAllocated: 8,
    bitsStored: 8,
    highBit: 7,
    pixelRepresentation: 0,
    windows: [],
    rescale: { slope: 1, intercept: 0 },
    littleEndian: true,
  };
}
