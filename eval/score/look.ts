import { findingsOfRegions } from '../../src/audit/pixel-text.ts';
import { type Frame, openFrames } from '../../src/dicom/pixels/frames.ts';
import type { Image } from '../../src/dicom/pixels/image.ts';
import type { Ocr, ReadRegion, Word } from '../../src/ocr/reader.ts';
import { textRegions } from '../../src/ocr/regions.ts';
import { type TextBox, textBoxes } from '../../src/ocr/text-boxes.ts';
import type { Sample } from '../frames/sample.ts';

export type Decoded = Extract<Frame, { state: 'decoded' }>;

/** What the pixel path makes of one frame. */
export interface Look {
  readonly sample: Sample;
  readonly frame: Decoded;
  readonly readings: readonly ReadRegion[];
  readonly words: readonly Word[];
  readonly boxes: readonly TextBox[];
  /** Rules that hold the frame with no detector at all. */
  readonly rules: readonly string[];
  /** Milliseconds of the gate. */
  readonly gate: number;
}

/** Decodes a frame and lets the gate, the reader and the judge look at it as the audit does. */
export async function look(sample: Sample, ocr: Ocr): Promise<Look> {
  const frame = await openFrames(sample.description, sample.data).read(sample.frame);
  if (frame.state !== 'decoded') throw new Error(`${sample.name}: ${frame.why}`);
  const started = performance.now();
  const regions = textRegions(frame.image, ...frame.levels);
  const gate = performance.now() - started;
  const readings = regions.length === 0 ? [] : await ocr.readRegions(regions);
  return {
    sample,
    frame,
    readings,
    words: readings.flatMap(({ words }) => words),
    boxes: textBoxes(readings),
    rules: findingsOfRegions(readings, readings, 1, []).map(({ hit }) => hit.rule),
    gate,
  };
}

/** The frame with its boxes painted over. */
export function painted({ frame, boxes }: Look): Decoded {
  const paint = (image: Image): Image => {
    const channels = image.kind === 'rgb' ? 3 : 1;
    const data = image.data.slice();
    for (const { box } of boxes) {
      for (let y = box[1]; y < box[1] + box[3]; y++) {
        const from = (y * image.width + box[0]) * channels;
        data.fill(0, from, from + box[2] * channels);
      }
    }
    return { ...image, data };
  };
  return { ...frame, image: paint(frame.image), levels: frame.levels.map(paint) };
}
