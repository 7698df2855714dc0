import type { Finding } from '../model/finding.ts';
import type { BlackedOut } from '../model/redaction.ts';
import { type Track, tracksOf } from '../ocr/tracks.ts';
import { overlap } from '../ocr/words.ts';
import type { Project } from '../project/schema.ts';
import type { Audited } from './line.ts';
import { overTiles } from './tile-boxes.ts';

/** A face is no text: the project decides on it by `faces`. */
const FACE = 'face';

/** Margin in pixels around a finding that is in no text box. */
const MARGIN = 2;
/** Shared area, against the smaller box, from which a finding lies in a text box. */
const INSIDE = 0.3;

type InPixels = Finding & { readonly frame: number; readonly box: NonNullable<Finding['box']> };

/**
 * What the project wants blacked out of the text that the audit saw: all of it; what is not safe; what is somebody's. A
 * finding that lies in no text box is a box of its own, from its frame to the last: what does not change is said once.
 */
export function boxesToBlackOut(
  { findings, text = [], tiles }: Pick<Audited, 'findings' | 'text' | 'tiles'>,
  policy: Project['pixels']['redact'],
): BlackedOut[] {
  if (policy === 'none') return [];
  // Tiles are no moments of one picture: what stands in the same place of two is two texts.
  const tracks = tiles === undefined ? tracksOf(text) : oneByOne(text);
  const found = findings.map(({ finding }) => finding).filter(isInPixels);
  const wanted = (finding: InPixels) => policy !== 'identified' || finding.detector !== 'pixels';
  const alone = found
    .filter((finding) => wanted(finding) && !tracks.some((track) => lies(finding, track)))
    .map(({ frame, box: [x, y, width, height] }) => ({
      first: frame,
      last: tiles === undefined ? Math.max(frame, text.length) : frame,
      box: [
        Math.max(0, x - MARGIN),
        Math.max(0, y - MARGIN),
        width + 2 * MARGIN,
        height + 2 * MARGIN,
      ] as const,
    }));
  const chosen = tracks.filter((track) => {
    if (policy === 'all' || (policy === 'unsafe' && track.kind !== 'safe')) return true;
    return found.some((finding) => wanted(finding) && lies(finding, track));
  });
  const boxes = [...chosen.map(({ first, last, box }) => ({ first, last, box })), ...alone];
  return tiles === undefined ? boxes : overTiles(boxes, tiles);
}

const oneByOne = (text: NonNullable<Audited['text']>): Track[] =>
  text.flatMap((boxes, index) => boxes.map((box) => ({ ...box, first: index + 1, last: index + 1 })));

function isInPixels(finding: Finding): finding is InPixels {
  return finding.detector !== FACE && finding.frame !== undefined && finding.box !== undefined;
}

function lies({ frame, box }: InPixels, track: Track): boolean {
  return frame >= track.first && frame <= track.last && overlap(box, track.box) > INSIDE;
}
