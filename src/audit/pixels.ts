import type { Detector } from '../detect/detector.ts';
import type { PixelData, PixelDescription } from '../dicom/pixels/description.ts';
import { type Frame, type FrameReader, openFrames } from '../dicom/pixels/frames.ts';
import type { Box } from '../dicom/pixels/image.ts';
import { type TileLayout, withNeighbours } from '../dicom/pixels/mosaic.ts';
import { excessPixelBytes } from '../dicom/pixels/native.ts';
import { DEFAULT_FRAME_LIMITS, type FrameLimits } from '../dicom/pixels/readable.ts';
import { PhiGateError } from '../errors.ts';
import type { Hit } from '../model/finding.ts';
import type { Locus } from '../model/passage.ts';
import { RegionMemory } from '../ocr/memory.ts';
import type { Ocr, ReadRegion } from '../ocr/reader.ts';
import { textRegions } from '../ocr/regions.ts';
import { type TextBox, textBoxes } from '../ocr/text-boxes.ts';
import { findingsOfRegions } from './pixel-text.ts';

/** read: text-like regions went through OCR. cleared: there were none. not-run: the frame was not looked at. */
export type FrameState =
  | { readonly state: 'read' | 'cleared' }
  | { readonly state: 'not-run'; readonly why: string };

/** A hit in a frame. `text` is the recognised value, for the fingerprint: it goes no further. */
export interface PixelFinding {
  /** 1-based, as PS3.3 counts. */
  readonly frame: number;
  readonly box: Box;
  /** `frame 7 x,y,w,h` */
  readonly locus: Locus;
  readonly hit: Hit;
  readonly text: string;
}

export interface FrameAudit {
  /** One for each frame, in order. */
  readonly states: readonly FrameState[];
  readonly counts: {
    readonly total: number;
    readonly read: number;
    readonly cleared: number;
    readonly notRun: number;
  };
  /** Reasons of the frames that were not run, and how many frames each has. */
  readonly notRun: readonly { readonly why: string; readonly frames: number }[];
  /** What stands in several frames unchanged is reported once, in the first. */
  readonly findings: readonly PixelFinding[];
  /** Words that were read, for the report's coverage. */
  readonly characters: number;
  /** OCR was asked for this many regions, and this many more were known from the frame before. */
  readonly regions: { readonly read: number; readonly unchanged: number };
  /** Where each frame, in order, holds text; none where it was not read. */
  readonly text: readonly (readonly TextBox[])[];
  /** Compressed frames whose samples have bits outside Bits Stored that are not zero. */
  readonly hidden: number;
  /** Bytes of native pixel data that belong to no frame and are not all zero: nobody has looked at them. */
  readonly excessBytes: number;
}

/** How much of a file is read. */
export interface ReadingLimits extends FrameLimits {
  /** For all frames together; no limit where absent. */
  readonly seconds?: number;
}

/** More than this in one frame is not text that OCR could make sense of in bounded time. */
const MOST_REGIONS = 500;

/**
 * Reads every frame of an instance: decodes it, looks for text-like regions, reads those by OCR and passes the words to the
 * detectors. Words that no detector knows and that are not safe terms are suspects (`pixels.text`), and so are regions that
 * look like text and could not be read (`pixels.unexplained-text`). A frame that cannot be decoded is `not-run`, never clean.
 * @param tiles of a tiled image: each is read with the beginnings of its neighbours
 */
export async function auditFrames(
  description: PixelDescription,
  data: PixelData,
  ocr: Ocr,
  detectors: readonly Detector[],
  limits: ReadingLimits = DEFAULT_FRAME_LIMITS,
  tiles?: TileLayout,
): Promise<FrameAudit> {
  const alone = open(description, data, limits);
  const reader = tiles === undefined ? alone : withNeighbours(alone, tiles);
  const memory = new RegionMemory();
  const states: FrameState[] = [];
  const findings: PixelFinding[] = [];
  const text: (readonly TextBox[])[] = [];
  const tally = { characters: 0, read: 0, unchanged: 0, hidden: 0 };
  const end = performance.now() + 1000 * (limits.seconds ?? Number.POSITIVE_INFINITY);
  for (let index = 0; index < reader.count; index++) {
    const frame = performance.now() < end ? await readOrExplain(reader, index) : OUT_OF_TIME;
    text[index] = [];
    if (frame.state === 'not-run') {
      states.push(frame);
      continue;
    }
    if (frame.hidden) tally.hidden += 1;
    try {
      const outcome = await readText(frame, ocr, memory);
      states.push(outcome.state);
      text[index] = textBoxes(outcome.all);
      findings.push(...findingsOfRegions(outcome.fresh, outcome.all, index + 1, detectors));
      tally.read += outcome.fresh.length;
      tally.unchanged += outcome.all.length - outcome.fresh.length;
      tally.characters += outcome.fresh.reduce(
        (sum, { words }) => sum + words.reduce((n, { text }) => n + text.length, 0),
        0,
      );
    } catch (error) {
      states.push({ state: 'not-run', why: explain(error) });
    }
  }
  return {
    states,
    counts: countStates(states),
    notRun: countReasons(states),
    findings,
    characters: tally.characters,
    text,
    hidden: tally.hidden,
    regions: { read: tally.read, unchanged: tally.unchanged },
    excessBytes: data.kind === 'native' ? excessPixelBytes(description, data) : 0,
  };
}

const OUT_OF_TIME: Frame = {
  state: 'not-run',
  why: 'reading the frames before it took as long as the project allows (limits.pictureSeconds)',
};

function open(description: PixelDescription, data: PixelData, limits: FrameLimits): FrameReader {
  try {
    return openFrames(description, data, limits);
  } catch (error) {
    const why = explain(error);
    return { count: 1, read: async () => ({ state: 'not-run', why }) };
  }
}

async function readOrExplain(reader: FrameReader, index: number): Promise<Frame> {
  try {
    return await reader.read(index);
  } catch (error) {
    return { state: 'not-run', why: explain(error) };
  }
}

/** Errors of this program say no value of PHI; others are not repeated. */
function explain(error: unknown): string {
  if (error instanceof PhiGateError) return error.message;
  return 'the frame could not be read';
}

interface FrameText {
  readonly state: FrameState;
  /** Regions that were read now. */
  readonly fresh: readonly ReadRegion[];
  /** These and the ones that did not change. */
  readonly all: readonly ReadRegion[];
}

async function readText(
  frame: Extract<Frame, { state: 'decoded' }>,
  ocr: Ocr,
  memory: RegionMemory,
): Promise<FrameText> {
  const regions = textRegions(frame.image, ...frame.levels);
  if (regions.length > MOST_REGIONS) {
    throw new PhiGateError('too-large', 'the frame has more text-like regions than can be read');
  }
  const known: ReadRegion[] = [];
  const unread = regions.filter((region) => {
    const words = memory.recall(region);
    if (words !== undefined) known.push({ region, words });
    return words === undefined;
  });
  const fresh = unread.length === 0 ? [] : await ocr.readRegions(unread);
  const all = [...known, ...fresh];
  memory.remember(all);
  return { state: { state: regions.length === 0 ? 'cleared' : 'read' }, fresh, all };
}

function countStates(states: readonly FrameState[]): FrameAudit['counts'] {
  const count = (state: FrameState['state']) => states.filter((frame) => frame.state === state).length;
  return { total: states.length, read: count('read'), cleared: count('cleared'), notRun: count('not-run') };
}

function countReasons(states: readonly FrameState[]): FrameAudit['notRun'] {
  const reasons = new Map<string, number>();
  for (const frame of states) {
    if (frame.state === 'not-run') reasons.set(frame.why, (reasons.get(frame.why) ?? 0) + 1);
  }
  return [...reasons].map(([why, frames]) => ({ why, frames }));
}
