import type { Hit } from '../model/finding.ts';
import { readRulesYaml } from '../rules.ts';
import type { Detector } from './detector.ts';
import { codePointOffsets } from './spans.ts';

const RUN = /[^\n]+/g;
const LETTERS = /\p{L}{2}/u;
/** Signatures in the headers of colour profiles and boxes are four bytes long, and chance makes as much. */
const SHORTEST = 7;

let known: readonly RegExp[] | undefined;

/**
 * Text beside the picture of a compressed frame that is no name of a format or writer (rules/pixel/codestream-writers.yaml):
 * a suspect of category R, `codestream.text`. No reader of pictures shows it, and nobody expects it.
 */
export function codestreamTextDetector(): Detector {
  return {
    id: 'codestream-text',
    detect({ text, place }) {
      if (place !== 'codestream') return [];
      const point = codePointOffsets(text);
      return [...text.matchAll(RUN)]
        .filter(([run]) => run.trim().length >= SHORTEST && LETTERS.test(run) && !isOfWriter(run))
        .map(
          ({ index, 0: run }): Hit => ({
            start: point(index),
            end: point(index + run.length),
            category: 'R',
            detector: 'codestream-text',
            rule: 'codestream.text',
            tier: 'suspect',
            confidence: 0.6,
          }),
        );
    },
  };
}

/** Whether a run names a format or a writer of codestreams: it says nothing of anybody. */
export function isOfWriter(run: string): boolean {
  known ??= readRulesYaml<{ patterns: readonly string[] }>('pixel/codestream-writers.yaml').patterns.map(
    (pattern) => new RegExp(pattern, 'u'),
  );
  return known.some((pattern) => pattern.test(run.trim()));
}
