import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mergeHits } from '../../src/detect/merge.ts';
import { patternDetector, textPassage } from '../../src/detect/patterns.ts';
import { taggerDetector } from '../../src/detect/tagger/detector.ts';
import { packagePath } from '../../src/rules.ts';

const folder = packagePath('../shared/corpora/text');
const isThere = existsSync(folder);
if (!isThere) console.warn('SKIPPED: ../shared/corpora/text is absent, detection is not measured');

interface Labelled {
  readonly text: string;
  readonly spans: readonly { start: number; end: number; type: string }[];
}

const detectors = [patternDetector(), taggerDetector()];
const find = (text: string) => mergeHits(detectors.flatMap((detector) => detector.detect(textPassage(text))));
const read = <T>(name: string): T => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as T;

/** Share of the spans of these types that a hit touches. */
function touched(texts: readonly Labelled[], types: readonly string[]): number {
  let [spans, hitSpans] = [0, 0];
  for (const { text, spans: all } of texts) {
    const hits = find(text);
    for (const span of all.filter(({ type }) => types.includes(type))) {
      spans++;
      if (hits.some((hit) => hit.start < span.end && span.start < hit.end)) hitSpans++;
    }
  }
  return hitSpans / spans;
}

describe.skipIf(!isThere)('on clinical queries', () => {
  const texts = isThere ? read<Labelled[]>('asq-phi-dev.json') : [];

  it('structured identifiers are found', () => {
    expect(touched(texts, ['ID', 'SSN', 'PHONE', 'IP'])).toBeGreaterThan(0.99);
    expect(touched(texts, ['DATE'])).toBeGreaterThan(0.97);
    expect(touched(texts, ['NAME'])).toBeGreaterThan(0.97);
  });

  it('few clean queries are flagged', () => {
    const clean = texts.filter(({ spans }) => spans.length === 0);
    const flagged = clean.filter(({ text }) => find(text).length > 0);
    expect(flagged.length / clean.length).toBeLessThan(0.05);
  });
});

describe.skipIf(!isThere)('on clinical notes', () => {
  it('flags stay under 2.5 in 1,000 words', () => {
    const notes = isThere ? read<{ text: string }[]>('mtsamples-dev.json') : [];
    const words = notes.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0);
    const flags = notes.reduce((sum, { text }) => sum + find(text).length, 0);
    expect((flags / words) * 1000).toBeLessThan(2.5);
  });
});
