import type { ByteSource } from '../../splice.ts';

/**
 * What the Image Pixel module (PS3.3 C.7.6.3) and its neighbours say of the pixels: all that reading a frame needs, and
 * independent of the parser that found it.
 */
export interface PixelDescription {
  /** UID, without padding. */
  readonly transferSyntax: string;
  readonly rows: number;
  readonly columns: number;
  /** Number of Frames, 1 where the element is absent. */
  readonly frames: number;
  readonly samplesPerPixel: number;
  /** Photometric Interpretation, without padding. */
  readonly photometric: string;
  /** 0: R1G1B1R2..., 1: R1R2...G1G2...; 0 where absent. */
  readonly planarConfiguration: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  /** 0 unsigned, 1 two's complement. */
  readonly pixelRepresentation: number;
  /** VOI windows in order (PS3.3 C.11.2); empty where there are none. */
  readonly windows: readonly Window[];
  /** Modality LUT: output = slope x stored value + intercept (PS3.3 C.11.1). */
  readonly rescale: { readonly slope: number; readonly intercept: number };
  readonly palette?: Palette;
  readonly littleEndian: boolean;
  /** `float` for (7FE0,0008) and (7FE0,0009), of 32 and 64 bits allocated whatever the file says. Integer where absent. */
  readonly sampleFormat?: 'integer' | 'float';
}

export interface Window {
  readonly center: number;
  readonly width: number;
}

/** Palette colour lookup tables (PS3.3 C.7.6.3.1.5 and .6). */
export interface Palette {
  readonly red: PaletteTable;
  readonly green: PaletteTable;
  readonly blue: PaletteTable;
}

export interface PaletteTable {
  /** Number of entries (0 stands for 65,536), first stored value mapped, bits of an entry. */
  readonly descriptor: readonly [entries: number, first: number, bits: number];
  /** The value field as it stands, in the byte order of the data set. */
  readonly data: Uint8Array;
  /** `data` is from the segmented tables (0028,1221-1223), PS3.3 C.7.9.2. */
  readonly segmented?: boolean;
}

export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

/** Where the bytes of the pixels are. Offsets count in `source`. */
export type PixelData =
  | {
      readonly kind: 'native';
      readonly source: ByteSource;
      readonly start: number;
      readonly length: number;
      /** OB or OW: 8-bit samples of big-endian OW are swapped in pairs (PS3.5 8.2). */
      readonly vr?: string;
    }
  | {
      readonly kind: 'encapsulated';
      readonly source: ByteSource;
      /** The values of the fragments, in order, the offset table left out (PS3.5 A.4). */
      readonly fragments: readonly ByteRange[];
      /** Basic Offset Table: bytes from the first fragment's item tag to each frame's; may be empty. */
      readonly offsetTable: readonly number[];
    };
