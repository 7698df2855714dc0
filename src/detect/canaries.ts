import { createHash } from 'node:crypto';
import type { Passage } from '../model/passage.ts';
import { derivedCodeDetector } from './derived.ts';
import type { Detector, KnownIdentifier } from './detector.ts';
import { KnownIdentifiers } from './known/known-identifiers.ts';
import { textPassage } from './patterns.ts';
import { loadRules, type PatternRule } from './rule.ts';

/** A detector, what was planted for it, and how much of that it found. */
export interface CanaryResult {
  readonly detector: string;
  readonly planted: number;
  readonly found: number;
}

/** Invented people: nobody of the data set. */
const CANARY_KNOWN: readonly KnownIdentifier[] = [
  { value: 'Quillfeather^Ottoline', category: 'A', kind: 'name' },
  { value: 'ZQX-4471902', category: 'H', kind: 'id' },
  { value: '19370214', category: 'C', kind: 'date' },
];

const KNOWN_TEXTS = [
  'seen with ottoline quillfeather today',
  'QUILLFEATHER, OTTOLINE',
  'sample ZQX4471902',
  'since 14 Feb 1937',
];

const typed = (text: string, hints: Partial<Passage['hints']>): Passage => ({
  text,
  locus: 'canary',
  place: 'element',
  hints: { format: 'dicom', ...hints },
});

/** Dates that the project lets stand are no canaries. */
type DatesMode = 'find' | 'expected' | 'kept';

/** Passages that each detector must hit, by its id. */
function passagesFor(id: string, dates: DatesMode, rules: readonly PatternRule[]): Passage[] {
  switch (id) {
    case 'patterns':
      return rules
        .filter(({ family }) => dates !== 'kept' || family !== 'date')
        .flatMap((rule) => rule.source.hits.slice(0, 1))
        .map((sample) => textPassage(sample.replace(/[«»]/g, '')));
    case 'typed-field':
      return [
        typed('Quillfeather^Ottoline', { vr: 'PN', typed: 'A' }),
        typed('ZQX-4471902', { vr: 'LO', typed: 'H' }),
        ...(dates === 'find' ? [typed('19370214', { vr: 'DA', typed: 'C' })] : []),
      ];
    case 'issued-uids':
      return [typed('1.2.826.0.1.3680043.2.1125.77.4471902', { vr: 'UI', keyword: 'StudyInstanceUID' })];
    case 'encoded-text':
      return [textPassage(`note ${Buffer.from('reviewed with Margaret Hutchinson').toString('base64')}`)];
    case 'codestream-text':
      return [
        { ...textPassage('scanned for Ottoline Quillfeather'), locus: 'codestream', place: 'codestream' },
      ];
    case 'language':
      return [
        textPassage('she is ninety-three years old'),
        textPassage('call four one five, five five five, oh one seven two'),
        ...(dates === 'kept' ? [] : [textPassage('born on the fourth of May, nineteen sixty-one')]),
      ];
    case 'names':
      return ['reviewed with Margaret Hutchinson today', 'HUTCHINSON^MARGARET'].map((text) => ({
        ...textPassage(text),
        locus: 'filename',
        place: 'file name',
      }));
    case 'tagger':
      return [
        textPassage('please ask ottoline quillfeather whether she slept'),
        textPassage('He was moved to Larkmoor General Hospital in Thornbury overnight.'),
        typed('FILMS OF QUILLFEATHER OTTOLINE FOR REVIEW', { vr: 'LO' }),
      ];
    case 'second-opinion':
      return [
        textPassage('The films were shown to Margaret Hutchinson.'),
        ...(dates === 'kept' ? [] : [textPassage('He will come again on Tuesday.')]),
      ];
    default:
      return [];
  }
}

/**
 * Proves that detectors are live: each gets invented passages that it must hit. `known` and `derived-codes` are proved
 * on an index of invented people, made and searched as the real one is. A detector without canaries is `planted: 0`.
 */
export function runCanaries(
  detectors: readonly Detector[],
  dates: DatesMode = 'find',
  rules: readonly PatternRule[] = loadRules(),
): CanaryResult[] {
  return detectors.map(({ id, detect }) => {
    if (id === 'known') return knownCanary();
    if (id === 'derived-codes') return derivedCanary();
    return countFound(id, detect, passagesFor(id, dates, rules));
  });
}

function countFound(id: string, detect: Detector['detect'], passages: readonly Passage[]): CanaryResult {
  const found = passages.filter((passage) => detect(passage).length > 0).length;
  return { detector: id, planted: passages.length, found };
}

function knownCanary(): CanaryResult {
  const identifiers = new KnownIdentifiers();
  for (const known of CANARY_KNOWN) identifiers.add(known);
  const index = identifiers.freeze();
  const texts = countFound(
    'known',
    index.detector().detect,
    KNOWN_TEXTS.map((text) => textPassage(text)),
  );
  const raw = ['latin1', 'utf16le'] as const;
  const bytes = raw.filter((encoding) => {
    const planted = Buffer.from('\0\0 Quillfeather^Ottoline \0', encoding);
    return index.searchBytes(planted, { bulk: false }).length > 0;
  });
  return { detector: 'known', planted: texts.planted + raw.length, found: texts.found + bytes.length };
}

function derivedCanary(): CanaryResult {
  const detector = derivedCodeDetector(CANARY_KNOWN);
  const code = createHash('sha256').update('ZQX-4471902').digest('hex');
  const texts = [`code ${code}`, 'code 2091744', 'seen by REHTAEFLLIUQ'];
  return countFound(
    'derived-codes',
    detector.detect,
    texts.map((text) => textPassage(text)),
  );
}
