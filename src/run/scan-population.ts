import type { PersonCodes } from '../audit/person-codes.ts';
import type { KnownIdentifier } from '../detect/detector.ts';
import { readDates } from '../detect/known/dates.ts';
import { type HandedOver, judgeSets } from '../gate/derived/population.ts';
import type { Finding } from '../model/finding.ts';
import type { Format } from '../model/passage.ts';
import type { RunResult } from '../model/result.ts';
import { findingsOf } from './population.ts';
import { type PopulationFacts, populationCanary, sentenceOf } from './population-check.ts';
import type { EndedSource } from './result.ts';

/** The persons of a scanned file. */
export interface ScannedPersons {
  readonly sourceId: string;
  readonly file: string;
  readonly format: Format;
  readonly persons: readonly PersonCodes[];
}

export interface ScannedPopulation<Source> {
  readonly population: PopulationFacts;
  readonly sources: readonly Source[];
  readonly findings: readonly Finding[];
  readonly canary: RunResult['canaries'][number];
}

/**
 * Compares what was handed over with the codes and dates that stand in the scanned files, and puts a finding to each that
 * a mapping explains. Who is who is not known, so that less can be proved than in a run.
 */
export function scanPopulation<Source extends EndedSource>(
  known: readonly KnownIdentifier[],
  scanned: readonly ScannedPersons[],
  sources: readonly Source[],
  fingerprintOf: (value: string) => string,
): ScannedPopulation<Source> {
  const persons = scanned.flatMap((file) => file.persons);
  const verdict = judgeSets(handedOver(known), persons);
  const findings: Finding[] = [];
  const explained = new Map<string, string>();
  if (verdict.derivations.length > 0) {
    for (const { sourceId, file, format, persons: these } of scanned) {
      const found = findingsOf(
        sourceId,
        format,
        these.map((released) => ({ released })),
        verdict.derivations,
        fingerprintOf,
      );
      if (found.length === 0) continue;
      for (const finding of found) findings.push({ ...finding, file });
      explained.set(sourceId, verdict.derivations.map(sentenceOf).join('; '));
    }
  }
  return {
    population: { ...verdict, accepted: [] },
    findings,
    sources: sources.map((source) => withLeak(source, explained.get(source.id))),
    canary: populationCanary(),
  };
}

/** What could not be searched stays so: it outranks a leak. */
function withLeak<Source extends EndedSource>(source: Source, why: string | undefined): Source {
  if (why === undefined || (source.reason !== 'clean' && source.reason !== 'suspects')) return source;
  return {
    ...source,
    status: 'quarantined',
    reason: 'leak',
    explain: `codes or dates follow from what was handed over: ${why}`,
  };
}

function handedOver(known: readonly KnownIdentifier[]): HandedOver {
  return {
    ids: known.filter(({ kind }) => kind === 'id').map(({ value }) => value),
    dates: known
      .filter(({ kind }) => kind === 'date')
      .flatMap(({ value }) => readDates(value)[0]?.days.slice(0, 1) ?? [])
      .map(String),
  };
}
