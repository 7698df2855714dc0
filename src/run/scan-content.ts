import type { PersonCodes } from '../audit/person-codes.ts';
import type { Finding } from '../model/finding.ts';
import type { Format } from '../model/passage.ts';
import type { ReasonCode, SourceStatus } from '../model/result.ts';
import { type FrameCounts, NO_FRAMES, type Problem } from './line.ts';

/** What the content of a file gave. */
export interface Content {
  readonly format: Format;
  readonly frames: FrameCounts;
  readonly reason: ReasonCode;
  readonly explain: string;
  readonly anomalies: readonly string[];
  /** Whose the file, or each of its messages, is. */
  readonly persons?: readonly PersonCodes[];
}

export const NOTHING: Content = {
  format: 'unknown',
  frames: NO_FRAMES,
  reason: 'clean',
  explain: '',
  anomalies: [],
};

/** A file is what the first thing in it is that could not be read. */
export function firstOf([problem]: readonly Problem[]): Partial<Content> {
  return problem === undefined ? {} : { reason: problem.code, explain: problem.explain };
}

/** In a scan nothing is released; the status says whether the file was searched, and found clean. */
export function statusOf(
  reason: ReasonCode,
  findings: readonly Finding[],
  frames: FrameCounts,
): { status: SourceStatus; reason: ReasonCode; explain: string } {
  if (reason !== 'clean') return { status: 'quarantined', reason, explain: 'could not be searched' };
  if (frames.notRun > 0)
    return { status: 'held', reason: 'pixels-not-run', explain: 'frames could not be read' };
  if (findings.some(({ tier }) => tier === 'leak'))
    return { status: 'quarantined', reason: 'leak', explain: 'identifiers were found' };
  if (findings.length > 0) return { status: 'held', reason: 'suspects', explain: 'suspects await review' };
  return { status: 'released', reason: 'clean', explain: '' };
}
