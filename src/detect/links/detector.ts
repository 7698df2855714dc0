import type { Hit } from '../../model/finding.ts';
import type { Detector } from '../detector.ts';
import { isDatePlace, isNumericPlace } from '../places.ts';
import { isOfAcquisition, isProse } from '../prose.ts';
import { codePointOffsets } from '../spans.ts';
import type { NamesOfFile } from './names-of-file.ts';

export const LINKS = 'links';

/** A whole word: nothing of a longer one, of a code or of a number. */
const WORD = /(?<![\p{L}\p{M}\p{N}])\p{L}[\p{L}\p{M}]{3,}(?![\p{L}\p{M}\p{N}])/gu;

/**
 * Finds the words of names that a file has elsewhere (`Mrs Vandersloot` in one note, `vandersloot refused` in another), in
 * any case where somebody wrote what he liked and in names of files, and with a capital everywhere else. All hits are suspects. Spans in code
 * points.
 */
export function linkDetector(names: NamesOfFile): Detector {
  return {
    id: LINKS,
    detect({ text, ...passage }) {
      const { hints } = passage;
      if (names.isEmpty || isNumericPlace(hints) || isDatePlace(hints)) return [];
      const isProseHere = isProse({ text, ...passage }) && !isOfAcquisition(hints);
      const isFree = isProseHere || passage.place === 'file name';
      const hits: Hit[] = [];
      let point: ((offset: number) => number) | undefined;
      for (const { 0: word, index } of text.matchAll(WORD)) {
        if (!names.has(word.toLowerCase()) || !(isFree || /^\p{Lu}/u.test(word))) continue;
        point ??= codePointOffsets(text);
        hits.push({
          start: point(index),
          end: point(index + word.length),
          category: 'A',
          detector: LINKS,
          rule: 'links.name',
          tier: 'suspect',
          confidence: 0.5,
        });
      }
      return hits;
    },
  };
}
