import type { Detector } from '../detect/detector.ts';
import type { Box } from '../dicom/pixels/image.ts';
import type { Hit } from '../model/finding.ts';
import type { Passage } from '../model/passage.ts';
import { isExplained } from '../ocr/explained.ts';
import { boxAround, type FramePassage, passagesOfFrame } from '../ocr/passages.ts';
import type { ReadRegion, Word } from '../ocr/reader.ts';
import type { Region } from '../ocr/regions.ts';
import { isSafeReading } from '../ocr/safe-terms.ts';
import { certain, lettersOf, mergeReadings, overlap } from '../ocr/words.ts';
import type { PixelFinding } from './pixels.ts';

/** A line of fewer letters and digits than this must be a sure region to count. */
const FEWEST_CHARACTERS = 4;

/**
 * What is wrong with the text of one frame: hits of the detectors, other text that is not safe, sure regions that could not be
 * read, and symbols for machines. `all` gives the detectors their context; only what stands in `fresh` is reported.
 * @param frame 1-based
 */
export function findingsOfRegions(
  fresh: readonly ReadRegion[],
  all: readonly ReadRegion[],
  frame: number,
  detectors: readonly Detector[],
): PixelFinding[] {
  if (fresh.length === 0) return [];
  const words = all.reduce<Word[]>((merged, region) => mergeReadings(merged, region.words), []);
  const findings: PixelFinding[] = [];
  const accounted = new Set<Word>();
  for (const passage of passagesOfFrame(words)) {
    for (const hit of detect(passage, frame, detectors)) {
      const touched = passage.wordsOf(hit.start, hit.end);
      const box = boxAround(touched.map((word) => word.box));
      for (const word of touched) accounted.add(word);
      if (box === undefined || !fresh.some(({ region }) => overlap(region.box, box) > 0.3)) continue;
      findings.push(finding(frame, box, hit, [...passage.text].slice(hit.start, hit.end).join('')));
    }
  }
  const codes = fresh.filter(({ region }) => region.code !== undefined).map(({ region }) => region);
  findings.push(
    ...codes.map(({ box, code = '' }) => finding(frame, box, suspect('pixels.code', code, 0.9), code)),
  );
  const regions = fresh
    .map(({ region }) => region)
    .filter(({ code }) => code === undefined)
    .sort((a, b) => b.letters - a.letters);
  for (const region of regions) {
    const inside = words.filter((word) => !accounted.has(word) && overlap(word.box, region.box) > 0.5);
    for (const word of inside) accounted.add(word);
    findings.push(...unknownText(region, inside, frame));
  }
  return [...withoutRepeats(findings), ...unexplained(regions, words, frame)];
}

function detect(passage: FramePassage, frame: number, detectors: readonly Detector[]): Hit[] {
  const searched: Passage = {
    text: passage.text,
    locus: `frame ${frame}`,
    place: 'pixels',
    hints: { format: 'dicom', label: 'Burned-in text' },
  };
  return detectors.flatMap((detector) => detector.detect(searched));
}

/** The two readings of a frame differ in a few words; a hit that both have is one finding. */
function withoutRepeats(findings: readonly PixelFinding[]): PixelFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ box, hit }) => {
    const key = [...box, hit.detector, hit.rule, hit.category].join();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Words of a region that no detector knows and that are not safe, as one suspect. */
function unknownText(region: Region, words: readonly Word[], frame: number): PixelFinding[] {
  const unknown = certain(words).filter((word) => lettersOf(word) >= 3 && !isSafeReading(word));
  const box = boxAround(unknown.map((word) => word.box));
  if (box === undefined || !(region.sure || isLegible(unknown))) return [];
  const text = unknown.map((word) => word.text).join(' ');
  const confidence = Math.min(...unknown.map((word) => word.confidence));
  return [finding(frame, box, suspect('pixels.text', text, confidence), text)];
}

/** Sure regions that no words account for, whichever polarity they were read in. */
function unexplained(regions: readonly Region[], words: readonly Word[], frame: number): PixelFinding[] {
  return regions
    .filter((region) => {
      const within = words.filter((word) => overlap(word.box, region.box) > 0.5);
      return region.sure && !isExplained(region, within);
    })
    .map((region) => finding(frame, region.box, suspect('pixels.unexplained-text', '', 0.5), ''));
}

/** Several letters, read with more certainty than noise ever is. */
function isLegible(words: readonly Word[]): boolean {
  const letters = words.reduce((sum, word) => sum + lettersOf(word), 0);
  return letters >= FEWEST_CHARACTERS && words.some((word) => word.confidence >= 0.8);
}

/** The span counts in the text of the finding itself. The category is R: nobody knows yet what the text is. */
function suspect(rule: string, text: string, confidence: number): Hit {
  return {
    start: 0,
    end: [...text].length,
    category: 'R',
    detector: 'pixels',
    rule,
    tier: 'suspect',
    confidence,
  };
}

function finding(frame: number, box: Box, hit: Hit, text: string): PixelFinding {
  return { frame, box, locus: `frame ${frame} ${box.join(',')}`, hit, text };
}
