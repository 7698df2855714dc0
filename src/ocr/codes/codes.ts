import type { Box, GreyImage } from '../../dicom/pixels/image.ts';
import { barsIn } from './bars.ts';
import { blackWhite, mirrored, type Standing, transposed } from './black-white.ts';
import { densePatches } from './dense.ts';
import { qrIn } from './finders.ts';
import { matrixIn } from './matrix.ts';

export type CodeKind = 'bars' | 'qr' | 'matrix';

/** A symbol that a machine reads: nobody knows what it says, and most say who the patient is. */
export interface Code {
  readonly kind: CodeKind;
  readonly box: Box;
}

/** Room around a symbol. */
const QUIET_ZONE = 4;

/**
 * Bar codes (upright and lying), QR and DataMatrix symbols of a picture, by their shapes; they are not read.
 * @param values how far each pixel of the picture stands out; see `relief`
 */
export function codesIn({ width, height }: GreyImage, values: Int16Array): Code[] {
  const found = densePatches({ width, height, values })
    .filter(([, , w, h]) => w >= SMALLEST && h >= SMALLEST)
    .flatMap((patch) => {
      const [left, top] = patch;
      return codesOfPatch(cut({ width, height, values }, patch)).map(({ kind, box: [x, y, w, h] }) => ({
        kind,
        box: [left + x, top + y, w, h] as const,
      }));
    });
  return merged(found).map(({ kind, box }) => ({ kind, box: widened(box, width, height) }));
}

/** Side of the smallest symbol, in pixels. */
const SMALLEST = 16;

function codesOfPatch(patch: Standing): Code[] {
  const upright = blackWhite(patch);
  const of = (kind: CodeKind, boxes: readonly Box[]): Code[] => boxes.map((box) => ({ kind, box }));
  return [
    ...of('bars', barsIn(upright)),
    ...of(
      'bars',
      barsIn(blackWhite(transposed(patch))).map(([x, y, w, h]) => [y, x, h, w] as const),
    ),
    ...of('qr', qrIn(upright)),
    ...of('matrix', matrixIn(upright)),
    // The solid side may be the upper one.
    ...of(
      'matrix',
      matrixIn(mirrored(upright)).map(([x, y, w, h]) => [x, patch.height - y - h, w, h] as const),
    ),
  ];
}

function cut({ width, values }: Standing, [left, top, w, h]: Box): Standing {
  const out = new Int16Array(w * h);
  for (let y = 0; y < h; y++) {
    const from = (top + y) * width + left;
    out.set(values.subarray(from, from + w), y * w);
  }
  return { width: w, height: h, values: out };
}

/** The rows of a stacked code are one code. */
function merged(codes: readonly Code[]): Code[] {
  const kept: Code[] = [];
  for (const code of codes) {
    const at = kept.findIndex((other) => other.kind === code.kind && touch(other.box, code.box));
    const other = kept[at];
    if (other === undefined) kept.push(code);
    else kept[at] = { kind: code.kind, box: around(other.box, code.box) };
  }
  return kept;
}

function touch(a: Box, b: Box): boolean {
  return (
    a[0] <= b[0] + b[2] + QUIET_ZONE &&
    b[0] <= a[0] + a[2] + QUIET_ZONE &&
    a[1] <= b[1] + b[3] + QUIET_ZONE &&
    b[1] <= a[1] + a[3] + QUIET_ZONE
  );
}

function around(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])];
  return [x, y, Math.max(a[0] + a[2], b[0] + b[2]) - x, Math.max(a[1] + a[3], b[1] + b[3]) - y];
}

function widened([x, y, w, h]: Box, width: number, height: number): Box {
  const [left, top] = [Math.max(0, x - QUIET_ZONE), Math.max(0, y - QUIET_ZONE)];
  const right = Math.min(width, x + w + QUIET_ZONE);
  const bottom = Math.min(height, y + h + QUIET_ZONE);
  return [left, top, right - left, bottom - top];
}
