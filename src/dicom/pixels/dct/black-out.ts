import { PhiGateError } from '../../../errors.ts';
import type { Box } from '../image.ts';
import { rewriteScan } from './scan.ts';
import { type DctComponent, type DctState, newState, takeSegment } from './segments.ts';

/** A stream with boxes in black, and what of the picture is another than before. */
export interface BlackenedStream {
  readonly stream: Uint8Array;
  /** The units that were blackened, with the margin into which a decoder smooths shared colour. */
  readonly covered: readonly Box[];
}

/**
 * Blacks out boxes of a sequential JPEG stream (T.81, baseline and extended) in its coefficients: whole MCUs lose all but a DC
 * of black. Every coefficient of every other MCU stays, and so do all other segments.
 * @param inverted the largest value is black (MONOCHROME1)
 * @throws PhiGateError `unsupported` for progressive, lossless and arithmetic streams, `malformed` or `truncated` for broken
 *   ones: nothing can be changed in those without decoding them.
 */
export function blackOutStream(
  stream: Uint8Array,
  boxes: readonly Box[],
  inverted: boolean,
): BlackenedStream {
  const state = newState();
  const out: Uint8Array[] = [stream.subarray(0, 2)];
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  if (stream.length < 4 || view.getUint16(0) !== 0xffd8) throw broken();
  for (let at = 2; ; ) {
    while (stream[at] === 0xff && stream[at + 1] === 0xff) at += 1; // fill bytes
    if (at + 2 > stream.length || stream[at] !== 0xff) throw broken();
    const marker = stream[at + 1] as number;
    if (marker === 0xd9) {
      out.push(stream.subarray(at));
      return { stream: Buffer.concat(out), covered: coveredBoxes(state, boxes) };
    }
    if (at + 4 > stream.length) throw broken();
    const end = at + 2 + view.getUint16(at + 2);
    if (end > stream.length) throw broken();
    const body = stream.subarray(at + 4, end);
    if (marker !== 0xda) {
      takeSegment(state, marker, body);
      out.push(stream.subarray(at, end));
      at = end;
      continue;
    }
    const scan = entropyCoded(stream, end);
    const { bytes, tables } = rewriteScan(state, body, scan.segments, scan.markers, boxes, (component) =>
      blackOf(state, component, inverted),
    );
    out.push(...tables, stream.subarray(at, end), bytes);
    at = scan.end;
  }
}

const broken = (): PhiGateError =>
  new PhiGateError('malformed', 'the JPEG stream breaks off or has no markers');

/** Data of a scan without stuffing, cut at its restart markers. */
function entropyCoded(
  stream: Uint8Array,
  start: number,
): { segments: Uint8Array[]; markers: number[]; end: number } {
  const segments: Uint8Array[] = [];
  const markers: number[] = [];
  let bytes: number[] = [];
  for (let at = start; at + 1 < stream.length; at++) {
    const byte = stream[at] as number;
    if (byte !== 0xff) {
      bytes.push(byte);
      continue;
    }
    const next = stream[at + 1] as number;
    if (next === 0) {
      bytes.push(0xff);
      at += 1;
    } else if (next >= 0xd0 && next <= 0xd7) {
      segments.push(Uint8Array.from(bytes));
      markers.push(next);
      bytes = [];
      at += 1;
    } else if (next !== 0xff) {
      segments.push(Uint8Array.from(bytes));
      return { segments, markers, end: at };
    }
  }
  throw new PhiGateError('truncated', 'the JPEG scan has no end');
}

/** Quantized DC of black: rounded away from the middle, so that it comes out as black whatever the step (T.81 A.3.1). */
function blackOf(state: DctState, component: DctComponent, inverted: boolean): number {
  const { frame, steps } = state;
  if (frame === undefined) return 0;
  const isChroma = frame.components.length === 3 && !isRgb(state) && component.id !== frame.components[0]?.id;
  if (isChroma) return 0;
  const step = Math.max(1, steps.get(component.quantization) ?? 1);
  const half = Math.ceil((8 * 2 ** (frame.precision - 1)) / step);
  return inverted ? half : -half;
}

/** As decoders guess it: the Adobe segment says so, or the components are called R, G and B. */
function isRgb({ frame, transform }: DctState): boolean {
  if (transform !== undefined) return transform === 0;
  return frame?.components.map(({ id }) => String.fromCharCode(id)).join('') === 'RGB';
}

/** Boxes as whole MCUs; shared chroma is smoothed over the border by decoders, one sample wide. */
function coveredBoxes({ frame }: DctState, boxes: readonly Box[]): Box[] {
  if (frame === undefined) return [];
  const across = Math.max(...frame.components.map((component) => component.across));
  const down = Math.max(...frame.components.map((component) => component.down));
  const [width, height] = [8 * across, 8 * down];
  const [marginX, marginY] = [across > 1 ? across : 0, down > 1 ? down : 0];
  return boxes.map(([x, y, w, h]): Box => {
    const left = Math.max(0, Math.floor(x / width) * width - marginX);
    const top = Math.max(0, Math.floor(y / height) * height - marginY);
    const right = Math.min(frame.columns, Math.ceil((x + w) / width) * width + marginX);
    const bottom = Math.min(frame.rows, Math.ceil((y + h) / height) * height + marginY);
    return [left, top, right - left, bottom - top];
  });
}
