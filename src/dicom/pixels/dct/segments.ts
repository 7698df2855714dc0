import { PhiGateError } from '../../../errors.ts';
import { type HuffmanTable, huffmanTable } from './huffman.ts';

export interface DctComponent {
  readonly id: number;
  /** Horizontal and vertical sampling factor. */
  readonly across: number;
  readonly down: number;
  readonly quantization: number;
}

/** What stands in force where a scan begins (T.81 B.2). */
export interface DctState {
  frame?: {
    readonly precision: number;
    readonly rows: number;
    readonly columns: number;
    readonly components: readonly DctComponent[];
  };
  /** DC step of each quantization table. */
  readonly steps: Map<number, number>;
  readonly dc: Map<number, HuffmanTable>;
  readonly ac: Map<number, HuffmanTable>;
  /** MCUs between restart markers; 0 where there are none. */
  restart: number;
  /** The Adobe segment's colour transform (T.872 6.5.3). */
  transform?: number;
}

export const newState = (): DctState => ({ steps: new Map(), dc: new Map(), ac: new Map(), restart: 0 });

const unsupported = (what: string): PhiGateError =>
  new PhiGateError('unsupported', `JPEG streams ${what} cannot be changed in their coefficients`);

/**
 * Takes in a marker segment; `body` is what follows its length.
 * @throws PhiGateError `unsupported` for other processes, `malformed` for a segment that breaks off
 */
export function takeSegment(state: DctState, marker: number, body: Uint8Array): void {
  try {
    take(state, marker, body);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new PhiGateError('malformed', 'a segment of the JPEG stream is too short', {}, error);
  }
}

function take(state: DctState, marker: number, body: Uint8Array): void {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (marker === 0xdb) quantization(state, view);
  else if (marker === 0xc4) huffman(state, body);
  else if (marker === 0xdd) state.restart = view.getUint16(0);
  else if (marker === 0xee && body.length >= 12 && Buffer.from(body.subarray(0, 5)).equals(ADOBE))
    state.transform = body[11];
  else if (marker === 0xc0 || marker === 0xc1) startOfFrame(state, view);
  else if (marker >= 0xc2 && marker <= 0xcf && marker !== 0xc8) throw unsupported('that are not sequential');
}

const ADOBE = Buffer.from('Adobe');

function startOfFrame(state: DctState, view: DataView): void {
  if (state.frame !== undefined) throw unsupported('of several frames');
  const count = view.getUint8(5);
  const components = Array.from({ length: count }, (_, i): DctComponent => {
    const factors = view.getUint8(7 + 3 * i);
    return {
      id: view.getUint8(6 + 3 * i),
      across: factors >> 4,
      down: factors & 15,
      quantization: view.getUint8(8 + 3 * i),
    };
  });
  if (components.some(({ across, down }) => across < 1 || across > 4 || down < 1 || down > 4))
    throw new PhiGateError('malformed', 'the JPEG frame header has a sampling factor outside 1 to 4');
  state.frame = {
    precision: view.getUint8(0),
    rows: view.getUint16(1),
    columns: view.getUint16(3),
    components,
  };
}

function quantization(state: DctState, view: DataView): void {
  for (let at = 0; at < view.byteLength; ) {
    const head = view.getUint8(at);
    const wide = head >> 4 === 1;
    state.steps.set(head & 15, wide ? view.getUint16(at + 1) : view.getUint8(at + 1));
    at += 1 + 64 * (wide ? 2 : 1);
  }
}

function huffman(state: DctState, body: Uint8Array): void {
  for (let at = 0; at + 17 <= body.length; ) {
    const head = body[at] as number;
    const counts = body.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const table = huffmanTable(counts, body.slice(at + 17, at + 17 + total));
    (head >> 4 === 0 ? state.dc : state.ac).set(head & 15, table);
    at += 17 + total;
  }
}
