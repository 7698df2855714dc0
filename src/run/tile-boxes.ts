import { type TileLayout, tilesByPlace } from '../dicom/pixels/mosaic.ts';
import type { BlackedOut } from '../model/redaction.ts';

/** The tiles of an image, all of one size. */
export interface Tiles {
  readonly layout: TileLayout;
  readonly columns: number;
  readonly rows: number;
}

/**
 * Boxes that reach beyond the border of their tile, cut at it and continued in the tiles to the right and below (PS3.3
 * C.7.6.17.3). Each box is of one frame.
 */
export function overTiles(boxes: readonly BlackedOut[], { layout, columns, rows }: Tiles): BlackedOut[] {
  const tileAt = tilesByPlace(layout);
  return boxes.flatMap(({ first, box: [x, y, width, height] }) => {
    const parts: BlackedOut[] = [];
    for (const right of [0, columns]) {
      for (const below of [0, rows]) {
        const index = tileAt(first - 1, right, below);
        const [left, top] = [Math.max(0, x - right), Math.max(0, y - below)];
        const [end, bottom] = [Math.min(columns, x + width - right), Math.min(rows, y + height - below)];
        if (index === undefined || end <= left || bottom <= top) continue;
        parts.push({ first: index + 1, last: index + 1, box: [left, top, end - left, bottom - top] });
      }
    }
    return parts;
  });
}
