/** A part of the picture that was blacked out in some frames. */
export interface BlackedOut {
  /** 1-based, both included. */
  readonly first: number;
  readonly last: number;
  /** x, y, width, height in pixels of the frame. */
  readonly box: readonly [x: number, y: number, width: number, height: number];
}

/** The boxes of frame `index` (from 0). */
export function boxesOfFrame(redaction: readonly BlackedOut[], index: number): BlackedOut['box'][] {
  return redaction.filter(({ first, last }) => first <= index + 1 && last > index).map(({ box }) => box);
}
