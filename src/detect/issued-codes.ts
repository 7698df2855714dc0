import type { Detector } from './detector.ts';

const CODE_CHARACTER = /[\p{L}\p{N}.-]/u;

/**
 * A detector whose hits inside our own codes do not count: a random code may spell a short name. Only whole codes that
 * the crosswalk issued are passed over, and no code is ever equal to a known identifier.
 */
export function exceptIssuedCodes(detector: Detector, isIssued: (value: string) => boolean): Detector {
  return {
    id: detector.id,
    detect(passage) {
      const hits = detector.detect(passage);
      if (hits.length === 0) return hits;
      const points = [...passage.text];
      return hits.filter(({ start, end }) => !isIssued(codeAround(points, start, end)));
    },
  };
}

/** The run of letters, digits, dots and hyphens that a span lies in. */
function codeAround(points: readonly string[], start: number, end: number): string {
  let from = start;
  let to = end;
  while (from > 0 && CODE_CHARACTER.test(points[from - 1] ?? '')) from -= 1;
  while (to < points.length && CODE_CHARACTER.test(points[to] ?? '')) to += 1;
  return points.slice(from, to).join('');
}
