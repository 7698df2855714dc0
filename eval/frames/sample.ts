import type { PixelData, PixelDescription } from '../../src/dicom/pixels/description.ts';

/** A word in a frame, and the pixels that its ink changed. */
export interface Token {
  readonly text: string;
  readonly identifying: boolean;
  /** x, y of each pixel one after the other; empty where nobody knows where the word stands. */
  readonly ink: readonly number[];
}

/** A frame whose text is known. */
export interface Sample {
  readonly name: string;
  /** How it was made, for counting misses by cause. */
  readonly traits: Readonly<Record<string, string>>;
  readonly description: PixelDescription;
  readonly data: PixelData;
  readonly frame: number;
  readonly tokens: readonly Token[];
  /** Shows a bar code, or handwriting: to be flagged, not to be read. */
  readonly unreadable?: boolean;
  /** CT, MR, PT or NM, as the scanner made it. */
  readonly crossSection: boolean;
  readonly ultrasound: boolean;
}
