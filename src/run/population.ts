import { type CodePlace, type DatePlace, DICOM_LOCI, HL7_LOCI } from '../audit/person-codes.ts';
import { explainHit } from '../detect/explain.ts';
import {
  type Derivation,
  type MaskedPerson,
  Population,
  type PopulationVerdict,
} from '../gate/derived/population.ts';
import { type Finding, SHOWN } from '../model/finding.ts';
import type { Format } from '../model/passage.ts';
import type { ReasonCode } from '../model/result.ts';
import type { Project } from '../project/schema.ts';
import type { SourceRecord } from '../store/sources.ts';
import { withdraw } from './auditing.ts';
import type { SourceDetails } from './item.ts';
import { type PopulationFacts, sentenceOf } from './population-check.ts';
import type { Session } from './session.ts';
import type { Surveyed } from './surveying.ts';

/** Ends of a source that has been audited: what is kept of its persons is of this run. */
const AUDITED: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'clean',
  'suspects',
  'leak',
  'pixels-not-run',
  'pixels-missing',
  'pixels-text',
  'label-image',
]);

/**
 * The gate over the release as a whole, after all sources were audited: codes and dates as they stand in the output are
 * compared with the originals. Sources whose codes one mapping explains are taken back and quarantined, each with a
 * finding of category R (C for dates).
 */
export function judgePopulation(session: Session, surveyed: Surveyed): PopulationFacts {
  const population = new Population();
  for (const { persons } of audited(session, surveyed)) for (const person of persons) population.add(person);
  const verdict = population.judge();
  const { derivations, accepted } = sorted(verdict, session.loaded.project);
  if (derivations.length > 0) {
    for (const { record, persons } of audited(session, surveyed)) {
      const found = findingsOf(record.id, record.format ?? 'unknown', persons, derivations, (value) =>
        session.store.fingerprints.of(value),
      );
      if (found.length > 0 && (record.status === 'released' || record.status === 'held'))
        takeBack(session, record, found, derivations);
    }
  }
  return { ...verdict, derivations, accepted };
}

function* audited(
  { store }: Session,
  { items }: Surveyed,
): Generator<{ record: SourceRecord; persons: readonly MaskedPerson[] }> {
  for (const { id } of items) {
    const record = store.sources.get(id);
    if (record?.reason === undefined || !AUDITED.has(record.reason)) continue;
    const text = store.surveys.getMasked(id);
    if (text !== undefined) yield { record, persons: JSON.parse(text) as MaskedPerson[] };
  }
}

/**
 * One shift for all is a leak of every date under Safe Harbor. A sponsor's list may want it: then an expert answers for
 * it, or a Limited Data Set, which may hold dates as they are.
 */
function sorted(
  { derivations }: PopulationVerdict,
  { importCodes, method }: Project,
): Pick<PopulationFacts, 'derivations' | 'accepted'> {
  const isDecided = ({ rule }: Derivation): boolean =>
    rule === 'population.common-shift' && importCodes !== undefined && method !== 'safe-harbor';
  return {
    derivations: derivations.filter((derivation) => !isDecided(derivation)),
    accepted: derivations.filter(isDecided),
  };
}

/** A finding for each code of a source that a mapping explains. */
export function findingsOf(
  sourceId: string,
  format: Format,
  persons: readonly {
    readonly original?: MaskedPerson['original'];
    readonly released: MaskedPerson['released'];
  }[],
  derivations: readonly Derivation[],
  fingerprintOf: (value: string) => string,
): Finding[] {
  const loci = format === 'hl7' ? HL7_LOCI : DICOM_LOCI;
  const findings = new Map<string, Finding>();
  const add = (place: CodePlace | DatePlace, rule: string, value: string): void => {
    const locus = loci[place] ?? place;
    findings.set(`${locus} ${value}`, {
      sourceId,
      format,
      locus,
      span: [0, [...value].length],
      category: rule === 'population.common-shift' || rule.startsWith('population.shift') ? 'C' : 'R',
      detector: 'population',
      rule,
      explain: explainHit({ detector: 'population', rule }),
      tier: 'leak',
      confidence: 0.99,
      shown: SHOWN,
      fingerprint: fingerprintOf(value.normalize('NFC').toUpperCase().trim()),
    });
  };
  for (const { original, released } of persons) {
    for (const { rule, place, from, isExplained } of derivations) {
      if (place === 'dates') {
        for (const [of, date] of Object.entries(released.dates) as [DatePlace, string][])
          if (isExplained(date)) add(of, rule, date);
        continue;
      }
      const before = originalsOf(original, from);
      for (const code of released.codes[place] ?? []) {
        const explains =
          before === undefined ? isExplained(code) : before.some((was) => isExplained(code, was));
        if (explains) add(place, rule, code);
      }
    }
  }
  return [...findings.values()];
}

/** What stood in the place that a mapping leads from; undefined where originals are known as a list alone. */
function originalsOf(
  original: MaskedPerson['original'] | undefined,
  from: Derivation['from'],
): readonly string[] | undefined {
  if (original === undefined || from === 'handed-over') return undefined;
  return from === 'birth' ? [original.dates.birth ?? ''] : (original.codes[from as CodePlace] ?? []);
}

/** Takes a source out of the release: its codes tell whose it is. */
function takeBack(
  session: Session,
  record: SourceRecord,
  found: readonly Finding[],
  derivations: readonly Derivation[],
): void {
  const { store } = session;
  const rules = new Set(found.map(({ rule }) => rule));
  const why = derivations.filter(({ rule }) => rules.has(rule)).map(sentenceOf);
  const details = (record.details ?? {}) as SourceDetails;
  if (record.output !== undefined) withdraw(session, record.output);
  store.transaction(() => {
    const before = store.findings.of(record.id).map(({ file: _, ...finding }) => finding);
    store.findings.replace(record.id, [...before, ...found]);
    store.sources.update(record.id, {
      status: 'quarantined',
      reason: 'leak',
      output: null,
      details: { ...details, explain: `codes or dates follow from the originals: ${why.join('; ')}` },
    });
  });
}
