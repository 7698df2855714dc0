import type { Detector } from '../../src/detect/detector.ts';
import { mergeHits } from '../../src/detect/merge.ts';
import { patternDetector, textPassage } from '../../src/detect/patterns.ts';
import { taggerDetector } from '../../src/detect/tagger/detector.ts';
import type { Model } from '../../src/detect/tagger/model.ts';
import type { FindFlags } from './tally.ts';

/** Flags of what a scan looks with where nobody is known: patterns and the tagger, by this model. UTF-16 offsets. */
export function findWith(model?: Model): FindFlags {
  const detectors = [patternDetector(), taggerDetector(model === undefined ? {} : { model })];
  return (text) => flagsOf(detectors, text);
}

/** Merged hits of these detectors on a plain text, in UTF-16 offsets. */
export function flagsOf(detectors: readonly Detector[], text: string): ReturnType<FindFlags> {
  const passage = textPassage(text);
  const hits = mergeHits(detectors.flatMap((detector) => detector.detect(passage)));
  if (!/[\ud800-\udbff]/.test(text)) return hits;
  const units = [0];
  for (const point of text) units.push((units.at(-1) ?? 0) + point.length);
  return hits.map(({ start, end }) => ({ start: units[start] ?? 0, end: units[end] ?? 0 }));
}
