import type { Box } from '../../dicom/pixels/image.ts';
import { type BlackWhite, straightEdges } from './black-white.ts';

/** Rows that are looked at. */
const STEP = 2;
/** Bars and gaps of a code, in pixels: wider ones end it. */
const WIDEST = 24;
/** Edges that a row of a plain code has, and that one of a stacked code has, whose rows are low. */
const [FEWEST, MANY] = [24, 34];
/** How far down the same edges must go on, in pixels: in a plain code, in a row of a stacked one. */
const [HIGH, LOW] = [12, 4];
/** The same against the middle width of bars and gaps: letters are hardly six strokes high. */
const HIGH_FOR_WIDTH = 7;
/** Pixels of a stacked code in which no row was seen. */
const SKIPPED = 24;
/** Rows that a stacked code has. */
const STACKED = 3;
/** Share of the edges that must be where they were in the first row. */
const KEPT = 0.94;
/** The commonest width of bars, and of gaps, may have this share: a grid or a test pattern has one width alone. */
const MOST_ALIKE = 0.8;
/** The widest element against the narrowest. */
const STRETCH = 7;

interface Stretch {
  readonly edges: readonly number[];
  readonly top: number;
  bottom: number;
}

/**
 * Bar codes, plain and stacked: many edges side by side, of several widths, that go straight down. Letters end or bend, noise
 * has no straight edges, and the lines of a grid or a ruler are all alike.
 */
export function barsIn(picture: BlackWhite): Box[] {
  const straight = stretchesIn(picture).filter(({ edges }) => isVaried(edges));
  const plain = straight.filter(
    (one) => heightOf(one) >= Math.max(HIGH, HIGH_FOR_WIDTH * middleWidth(one.edges)),
  );
  const low = straight.filter((one) => one.edges.length >= MANY && heightOf(one) >= LOW);
  const whole = (one: Stretch) => straight.filter((other) => isPartOf(one, other));
  return [...plain.map((one) => boxAround(whole(one))), ...stacks(low).map(boxAround)];
}

/** Bars that bend a little at one end go on as another stretch. */
function isPartOf(one: Stretch, other: Stretch): boolean {
  const apart = Math.max(other.top - one.bottom, one.top - other.bottom);
  return apart <= SKIPPED && inLine(one.edges, other.edges);
}

const heightOf = ({ top, bottom }: Stretch): number => bottom - top + STEP;

function middleWidth(edges: readonly number[]): number {
  return ((edges.at(-1) as number) - (edges[0] as number)) / (edges.length - 1);
}

/** Every stretch of a row that goes on in the rows below, once. */
function stretchesIn(picture: BlackWhite): Stretch[] {
  const found: Stretch[] = [];
  let open: Stretch[] = [];
  let y = -STEP;
  for (const changes of straightEdges(picture, STEP)) {
    y += STEP;
    open = stretchesOf(changes).map((edges) => {
      const above = open.find((other) => goesOn(other.edges, edges));
      if (above !== undefined) {
        above.bottom = y;
        return above;
      }
      const fresh = { edges, top: y, bottom: y };
      found.push(fresh);
      return fresh;
    });
  }
  return found;
}

/** Low stretches one upon another, with their ends in line. */
function stacks(low: readonly Stretch[]): Stretch[][] {
  const groups: Stretch[][] = [];
  for (const one of low) {
    const group = groups.find((others) => {
      const last = others.at(-1);
      return last !== undefined && one.top - last.bottom <= SKIPPED && inLine(last.edges, one.edges);
    });
    if (group === undefined) groups.push([one]);
    else group.push(one);
  }
  return groups.filter((group) => group.length >= STACKED);
}

function inLine(a: readonly number[], b: readonly number[]): boolean {
  const near = (x: number | undefined, y: number | undefined) => Math.abs((x ?? 0) - (y ?? 0)) <= 3;
  return near(a[0], b[0]) && near(a.at(-1), b.at(-1));
}

function boxAround(stretches: readonly Stretch[]): Box {
  const left = Math.min(...stretches.map(({ edges }) => edges[0] as number));
  const right = Math.max(...stretches.map(({ edges }) => edges.at(-1) as number));
  const top = Math.min(...stretches.map((one) => one.top));
  const bottom = Math.max(...stretches.map((one) => one.bottom + STEP));
  return [left, top, right - left, bottom - top];
}

/** Runs of edges that stand close. */
function stretchesOf(changes: readonly number[]): number[][] {
  const stretches: number[][] = [];
  let run: number[] = [];
  for (const x of changes) {
    if (run.length > 0 && x - (run.at(-1) as number) > WIDEST) {
      if (run.length >= FEWEST) stretches.push(run);
      run = [];
    }
    run.push(x);
  }
  if (run.length >= FEWEST) stretches.push(run);
  return stretches;
}

function goesOn(above: readonly number[], below: readonly number[]): boolean {
  if (Math.abs(above.length - below.length) > 2) return false;
  let [kept, at] = [0, 0];
  for (const x of below) {
    while (at < above.length && (above[at] as number) < x - 1) at++;
    if (at < above.length && (above[at] as number) <= x + 1) kept++;
  }
  return kept >= KEPT * Math.max(above.length, below.length);
}

/** Bars of two widths and more, gaps of two widths and more, none of them far wider than the narrowest. */
function isVaried(edges: readonly number[]): boolean {
  const widths = edges.slice(1).map((x, i) => x - (edges[i] as number));
  const sorted = [...widths].sort((a, b) => a - b);
  const narrowest = sorted[Math.floor(sorted.length / 10)] as number;
  const widest = sorted[Math.floor(sorted.length * 0.95)] as number;
  if (widest > STRETCH * Math.max(2, narrowest) || widest < 1.5 * narrowest) return false;
  return [0, 1].every((parity) => {
    const own = widths.filter((_, i) => i % 2 === parity);
    const alike = Math.max(...own.map((w) => own.filter((o) => Math.abs(o - w) <= 1).length));
    return alike <= MOST_ALIKE * own.length;
  });
}
