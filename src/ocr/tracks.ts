import type { Box } from '../dicom/pixels/image.ts';
import { boxAround } from './passages.ts';
import type { TextBox, TextKind } from './text-boxes.ts';
import { overlap } from './words.ts';

/** Text that stands in about the same place from one frame to another, in those between too. */
export interface Track {
  /** 1-based, both included. */
  readonly first: number;
  readonly last: number;
  readonly box: Box;
  readonly kind: TextKind;
}

/** Shared area, against the smaller box, from which two boxes of different frames are the same text. */
const SAME = 0.5;
/** Which kind a track is of, when its boxes are of several. */
const RANK: readonly TextKind[] = ['safe', 'unexplained', 'unsafe'];

/**
 * Boxes of many frames as tracks. What was seen in the third frame and in the fortieth was there in between, although noise
 * or a bright moment may have hidden it from the reader.
 */
export function tracksOf(frames: readonly (readonly TextBox[])[]): Track[] {
  const tracks: Track[] = [];
  for (const [index, boxes] of frames.entries()) {
    for (const { box, kind } of boxes) {
      const at = tracks.findIndex((track) => track.kind === kind && overlap(track.box, box) > SAME);
      const before = tracks[at];
      if (before === undefined) tracks.push({ first: index + 1, last: index + 1, box, kind });
      else tracks[at] = { ...before, last: index + 1, box: boxAround([before.box, box]) ?? box };
    }
  }
  return merged(tracks);
}

/** The same text may be read well in one frame and badly in another: the worse kind counts for all. */
function merged(tracks: readonly Track[]): Track[] {
  const kept: Track[] = [];
  for (const track of [...tracks].sort((a, b) => RANK.indexOf(b.kind) - RANK.indexOf(a.kind))) {
    const at = kept.findIndex((other) => overlap(other.box, track.box) > SAME);
    const other = kept[at];
    if (other === undefined) kept.push(track);
    else {
      const box = boxAround([other.box, track.box]) ?? other.box;
      const [first, last] = [Math.min(other.first, track.first), Math.max(other.last, track.last)];
      kept[at] = { first, last, box, kind: other.kind };
    }
  }
  return kept;
}
