import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { packagePath } from '../../src/rules.ts';
import type { Goal } from '../score/table.ts';
import type { PartResult } from './part.ts';

/** Figures that were reached, by part and row: a change that loses a point must say why, and write them anew. */
type Floor = Record<string, Record<string, number>>;

const FILE = new URL('../text-floor.json', import.meta.url);
const TOLERANCE = 1;

const isBounded = ({ value, atLeast, atMost, under }: Goal): boolean =>
  value !== undefined && (atLeast ?? atMost ?? under) !== undefined;

/** Rows with a goal that are more than a point worse than they were, that have no figure to hold to, or that are gone. */
export function fallenBelow(results: ReadonlyMap<string, PartResult>, floor = readFloor()): string[] {
  return [...results].flatMap(([part, { goals }]) => {
    const figures = floor[part] ?? {};
    const measured = goals.filter(isBounded);
    const gone = Object.keys(figures)
      .filter((what) => !measured.some((goal) => goal.what === what))
      .map((what) => `${part}: ${what} is not measured any more`);
    return [...gone, ...measured.flatMap((goal) => worse(part, goal, figures[goal.what]))];
  });
}

function worse(part: string, { what, value = 0, atLeast }: Goal, before: number | undefined): string[] {
  if (before === undefined) return [`${part}: ${what} has no floor`];
  const lost = atLeast !== undefined ? before - value : value - before;
  return lost > TOLERANCE ? [`${part}: ${what} ${before.toFixed(2)} -> ${value.toFixed(2)}`] : [];
}

/** Takes the figures of these parts for the floor; those of other parts stay. */
export function writeFloor(results: ReadonlyMap<string, PartResult>): void {
  const floor = readFloor();
  for (const [part, { goals }] of results) {
    floor[part] = Object.fromEntries(
      goals.filter(isBounded).map(({ what, value = 0 }) => [what, Math.round(value * 100) / 100]),
    );
  }
  writeMeasured(results.get('notes-sealed'));
  writeFileSync(FILE, `${JSON.stringify(floor, null, 2)}\n`);
}

/** The figures that a report prints: those of the notes that nobody looks at. */
function writeMeasured(sealed: PartResult | undefined): void {
  if (sealed === undefined) return;
  const figureOf = (what: string): number => sealed.goals.find((goal) => goal.what === what)?.value ?? 0;
  const [touched, covered] = [figureOf('spans touched'), figureOf('spans fully covered')];
  const measured = {
    version: 1,
    source: 'npm run eval:text -- --write-floor, part notes-sealed',
    touched,
    covered,
  };
  writeFileSync(packagePath('rules/tagger/measured.json'), `${JSON.stringify(measured, null, 2)}\n`);
}

function readFloor(): Floor {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Floor) : {};
}
