import type { Finding } from '../model/finding.ts';
import { type Format, PLACES } from '../model/passage.ts';
import type { ReasonCode, RunResult, SourceCounts, SourceStatus, Verdict } from '../model/result.ts';
import { claim } from '../project/claim.ts';
import { decisions } from '../project/decisions.ts';
import type { LoadedProject } from '../project/load.ts';
import { VERSION } from '../version.ts';
import { type AcceptedCount, acceptedRows } from './accepted.ts';
import { categoryRows } from './category-rows.ts';
import { checksOf } from './checks.ts';
import type { FrameCounts, PlaceCounts } from './line.ts';
import { type PopulationFacts, reversibleShift } from './population-check.ts';
import { LIMITS, modelFile, ruleFiles } from './statement.ts';

/** A source as the result counts it. */
export interface EndedSource {
  readonly id: string;
  readonly format: Format;
  readonly status: SourceStatus;
  readonly reason: ReasonCode;
  readonly explain: string;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly parts?: { readonly released: number; readonly withheld: number };
  readonly places?: PlaceCounts;
  readonly frames?: FrameCounts;
  readonly anomalies?: readonly string[];
  /** What rules of the project let stand in it. */
  readonly accepted?: readonly AcceptedCount[];
}

export interface ResultFacts {
  readonly command: 'run' | 'scan';
  readonly runId: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly loaded: LoadedProject;
  readonly sources: readonly EndedSource[];
  readonly findings: readonly Finding[];
  readonly patients: number;
  readonly studies: number;
  readonly actions: RunResult['actions'];
  readonly canaries: RunResult['canaries'];
  readonly known: RunResult['coverage']['known'];
  readonly detectors: readonly string[];
  /** SHA-256 of the model that the project brought. */
  readonly modelSha256?: string;
  readonly manifestSha256?: string;
  readonly notices: readonly string[];
  /** Whether rules bind the codes and dates of the release to the originals; absent where there are no originals. */
  readonly population?: PopulationFacts;
}

/** Reasons that leave a source unsearched: with one of them a run is incomplete. */
const INCOMPLETE: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'unreadable',
  'malformed',
  'not-supported',
  'not-searched',
  'readers-disagree',
  'integrity',
  'too-large',
  'empty',
  'disk',
  'internal',
  'pixels-not-run',
  'pixels-missing',
]);

/** Puts the one result object together. */
export function buildResult(facts: ResultFacts): RunResult {
  const leaks = facts.findings.filter(({ tier }) => tier === 'leak').length;
  const suspects = facts.findings.length - leaks;
  const canariesLive = facts.canaries.every(({ planted, found }) => found === planted);
  const notCompared = (facts.population?.left ?? 0) > 0 ? 1 : 0;
  const notRun = facts.sources.filter(isIncomplete).length + (canariesLive ? 0 : 1) + notCompared;
  const verdict = verdictOf(facts.sources, notRun, leaks, suspects);
  const sources = countSources(facts);
  const accepted = acceptedRows(facts);
  return {
    version: 1,
    tool: { name: 'phi-gate', version: VERSION, node: process.version },
    command: facts.command,
    runId: facts.runId,
    startedAt: facts.startedAt.toISOString(),
    endedAt: facts.endedAt.toISOString(),
    verdict,
    exitCode: ({ pass: 0, findings: 1, incomplete: 3, 'nothing-to-scan': 4 } as const)[verdict],
    project: {
      name: facts.loaded.project.name,
      template: facts.loaded.project.template,
      purpose: facts.loaded.project.purpose,
      recipient: facts.loaded.project.recipient,
      sha256: facts.loaded.sha256,
      decisions: decisions(facts.loaded.project, facts.endedAt),
    },
    claim: claim(facts.loaded.project, {
      command: facts.command,
      now: facts.endedAt,
      leaks,
      suspects,
      notRun,
      released: facts.command === 'scan' ? sources.total : sources.released,
      accepted,
    }),
    sources,
    coverage: coverageOf(facts),
    categories: categoryRows(facts, accepted, notRun > 0),
    accepted,
    actions: facts.actions,
    reasons: reasonsOf(facts.sources),
    checks: checksOf(facts, canariesLive),
    canaries: facts.canaries,
    rules: [...ruleFiles(), ...modelFile(facts.modelSha256)],
    anomalies: countedKinds(facts.sources.flatMap(({ anomalies }) => anomalies ?? [])),
    ...(facts.manifestSha256 !== undefined && { manifestSha256: facts.manifestSha256 }),
    limits: [...LIMITS, ...facts.notices, ...reversibleShift(facts.population)],
  };
}

const isIncomplete = ({ status, reason, parts, frames }: EndedSource): boolean =>
  status !== 'skipped' && (INCOMPLETE.has(reason) || (parts?.withheld ?? 0) > 0 || (frames?.notRun ?? 0) > 0);

function verdictOf(
  sources: readonly EndedSource[],
  notRun: number,
  leaks: number,
  suspects: number,
): Verdict {
  if (sources.every(({ status }) => status === 'skipped')) return 'nothing-to-scan';
  if (notRun > 0) return 'incomplete';
  // A suspect that the project releases is a suspect that nobody has reviewed.
  return leaks + suspects > 0 ? 'findings' : 'pass';
}

function countSources({ sources, patients, studies }: ResultFacts): SourceCounts {
  const of = (status: SourceStatus) => sources.filter((source) => source.status === status).length;
  const formats = [...new Set(sources.map(({ format }) => format))].sort();
  const sum = (amount: (source: EndedSource) => number) =>
    sources.reduce((total, source) => total + amount(source), 0);
  return {
    total: sources.length,
    released: of('released'),
    held: of('held'),
    quarantined: of('quarantined'),
    skipped: of('skipped'),
    byFormat: formats.map((format) => {
      const these = sources.filter((source) => source.format === format);
      return {
        format,
        count: these.length,
        released: these.filter(({ status }) => status === 'released').length,
      };
    }),
    messages: {
      released: sum(({ status, parts }) => (status === 'released' ? (parts?.released ?? 0) : 0)),
      withheld: sum(
        ({ status, parts }) => (parts?.withheld ?? 0) + (status === 'released' ? 0 : (parts?.released ?? 0)),
      ),
    },
    patients,
    studies,
    bytesIn: sum(({ bytesIn }) => bytesIn),
    bytesOut: sum(({ bytesOut }) => bytesOut),
  };
}

function coverageOf({ sources, known }: ResultFacts): RunResult['coverage'] {
  const places = PLACES.map((place) => ({
    place,
    passages: sources.reduce((sum, source) => sum + (source.places?.[place]?.passages ?? 0), 0),
    characters: sources.reduce((sum, source) => sum + (source.places?.[place]?.characters ?? 0), 0),
  }));
  const frames = { total: 0, read: 0, cleared: 0, notRun: 0 };
  const why = new Map<string, number>();
  let redacted = 0;
  for (const { frames: counts } of sources) {
    if (counts === undefined) continue;
    redacted += counts.redacted ?? 0;
    for (const state of ['total', 'read', 'cleared', 'notRun'] as const) frames[state] += counts[state];
    for (const [reason, count] of Object.entries(counts.why)) why.set(reason, (why.get(reason) ?? 0) + count);
  }
  const files = new Map<string, number>();
  for (const source of sources) {
    const isFile = source.status === 'quarantined' || source.reason === 'pixels-missing';
    if (isFile && INCOMPLETE.has(source.reason)) {
      const why = withoutPlace(source.explain);
      files.set(why, (files.get(why) ?? 0) + 1);
    }
  }
  const messages = sources.reduce((sum, { parts }) => sum + (parts?.withheld ?? 0), 0);
  return {
    places: places.filter(({ passages }) => passages > 0),
    frames: redacted === 0 ? frames : { ...frames, redacted },
    notSearched: [
      ...[...why].map(([reason, count]) => ({ what: 'frames', count, why: reason })),
      ...[...files].map(([reason, count]) => ({ what: 'files', count, why: reason })),
      ...(messages > 0
        ? [{ what: 'messages', count: messages, why: 'withheld from their batch; see the reasons' }]
        : []),
    ],
    known,
  };
}

/** The message of an error without where it happened: what the reasons of many sources have in common. */
function withoutPlace(explain: string): string {
  return explain
    .replace(/^at (?:\([^)]*\), )?byte \d+: /, '')
    .replace(/ at \([0-9A-F,]+\)\S*/g, '')
    .replace(/\b\d+\b/g, 'n');
}

function reasonsOf(sources: readonly EndedSource[]): RunResult['reasons'] {
  const counted = new Map<
    string,
    { status: SourceStatus; code: ReasonCode; explain: string; count: number }
  >();
  for (const { status, reason, explain } of sources) {
    if (status === 'released') continue;
    const general = withoutPlace(explain);
    const key = `${status} ${reason} ${general}`;
    const entry = counted.get(key) ?? { status, code: reason, explain: general, count: 0 };
    entry.count += 1;
    counted.set(key, entry);
  }
  return [...counted.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

function countedKinds(kinds: readonly string[]): RunResult['anomalies'] {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
}
