import { languageDetector } from '../../src/detect/language/detector.ts';
import { mergeHits } from '../../src/detect/merge.ts';
import { patternDetector, textPassage } from '../../src/detect/patterns.ts';
import { taggerDetector } from '../../src/detect/tagger/detector.ts';
import type { Model } from '../../src/detect/tagger/model.ts';
import type { Hit } from '../../src/model/finding.ts';
import type { FindFlags } from './tally.ts';
import { unitsOf } from './units.ts';

/** Merged hits of what a scan looks with where nobody is known: patterns, spelled-out numbers, the tagger. Code points. */
export function hitsWith(model?: Model): (text: string) => Hit[] {
  const detectors = [
    patternDetector(),
    languageDetector({ dates: 'find' }),
    taggerDetector(model === undefined ? {} : { model }),
  ];
  return (text) => {
    const passage = textPassage(text);
    return mergeHits(detectors.flatMap((detector) => detector.detect(passage)));
  };
}

/** The same in UTF-16 offsets. */
export function findWith(model?: Model): FindFlags {
  const hitsIn = hitsWith(model);
  return (text) => {
    const hits = hitsIn(text);
    if (!/[\ud800-\udbff]/.test(text)) return hits;
    const units = unitsOf(text);
    return hits.map(({ start, end }) => ({ start: units[start] ?? 0, end: units[end] ?? 0 }));
  };
}
