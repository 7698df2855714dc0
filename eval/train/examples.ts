import { type Frame, openFrames } from '../../src/dicom/pixels/frames.ts';
import type { GreyImage } from '../../src/dicom/pixels/image.ts';
import { relief } from '../../src/ocr/components.ts';
import { lineFeatures } from '../../src/ocr/line-features.ts';
import { type FoundLine, searchLines } from '../../src/ocr/line-search.ts';
import { readingPlanes } from '../../src/ocr/planes.ts';
import type { Sample } from '../frames/sample.ts';
import { Random } from '../random.ts';
import type { Example } from './boost.ts';

/** Rows that are no text, of one frame: noise would have thousands. */
const MOST_OF_A_FRAME = 200;
/** Share of a row's components that must touch ink. */
const MOSTLY = 0.7;

/** Every row that the search finds in a frame, as text or not. What is neither (halos, insides of letters) is left out. */
export async function examplesOf(sample: Sample): Promise<Example[]> {
  let frame: Frame;
  try {
    frame = await openFrames(sample.description, sample.data).read(sample.frame);
  } catch {
    return [];
  }
  if (frame.state !== 'decoded') return [];
  const random = new Random(1);
  const found = [frame.image, ...frame.levels]
    .flatMap(readingPlanes)
    .flatMap((plane) => examplesOfPlane(plane, sample));
  const others = found.filter(({ label }) => label === 0);
  const keep = MOST_OF_A_FRAME / Math.max(MOST_OF_A_FRAME, others.length);
  return found.filter(({ label }) => label === 1 || random.chance(keep));
}

function examplesOfPlane(plane: GreyImage, sample: Sample): Example[] {
  const ink = inkOf(plane, sample);
  return searchLines(plane).flatMap((found) => {
    const label = labelOf(found, ink, plane.width, Number(sample.traits.turn ?? 0) % 180 === 90);
    return label === undefined
      ? []
      : [{ features: lineFeatures(found.line, found), label, weight: label === 1 ? 2 : 1 }];
  });
}

/** 0 none, 1 lighter than around, 2 darker; by what most of the ink of its word is. */
function inkOf(plane: GreyImage, sample: Sample): Uint8Array {
  const ink = new Uint8Array(plane.width * plane.height);
  const standing = relief(plane);
  for (const token of sample.tokens) {
    let sum = 0;
    const places: number[] = [];
    for (let i = 0; i < token.ink.length; i += 2) {
      const at = (token.ink[i + 1] as number) * plane.width + (token.ink[i] as number);
      places.push(at);
      sum += standing[at] as number;
    }
    const light = sample.traits.manner === 'outlined' ? 3 : sum > 0 ? 1 : 2;
    for (const at of places) ink[at] = light;
  }
  return ink;
}

function labelOf({ line, polarity, vertical }: FoundLine, ink: Uint8Array, width: number, turned: boolean) {
  let [right, touching] = [0, 0];
  for (const c of line.components) {
    const [x, y, w, h] = vertical ? [c.y, c.x, c.height, c.width] : [c.x, c.y, c.width, c.height];
    const counts = [0, 0, 0, 0];
    for (let py = y; py < y + h; py++) {
      for (let px = x; px < x + w; px++) counts[ink[py * width + px] as number]++;
    }
    const own = (counts[polarity === 'light' ? 1 : 2] as number) + (counts[3] as number);
    if (own >= 0.25 * w * h) right++;
    if (own + (counts[1] as number) + (counts[2] as number) > 0) touching++;
  }
  const count = line.components.length;
  if (right >= MOSTLY * count && vertical === turned) return 1;
  return touching === 0 ? 0 : undefined;
}
