import type { Finding } from '../model/finding.ts';
import type { ReasonCode, SourceStatus } from '../model/result.ts';
import type { Project } from '../project/schema.ts';

/** What the audit of one source (or of one message of it) gave, as far as the gate asks. */
export interface Evidence {
  readonly findings: readonly Finding[];
  readonly problems: readonly { readonly code: ReasonCode; readonly explain: string }[];
  /** Frames that nobody has read. */
  readonly framesNotRun: number;
  /** A picture by its SOP class that has no pixels. */
  readonly lacksPixels?: boolean;
}

export interface Decision {
  readonly status: Exclude<SourceStatus, 'skipped'>;
  readonly reason: ReasonCode;
  readonly explain: string;
}

/** Rule of the finding that a file is the photograph of a slide's label. */
export const LABEL_RULE = 'pixels.label-image';

/**
 * Decides on a staged file. What the readers could not agree on outranks leaks, leaks outrank frames that were not read,
 * those outrank suspects: a pass is earned by every check. An image without pixels is held as frames are that nobody read:
 * what the file lost on its way nobody knows. A file with (0028,0301) = NO is released only where all its
 * frames were read or cleared. Faces and biometrics have a decision of their own: `suspects: release` does not release them.
 */
export function decide(
  { findings, problems, framesNotRun, lacksPixels = false }: Evidence,
  policy: Pick<Project, 'suspects' | 'imagesWithoutPixels'>,
): Decision {
  const problem = problems[0];
  if (problem !== undefined) return { status: 'quarantined', reason: problem.code, explain: problem.explain };
  const leaks = findings.filter(({ tier }) => tier === 'leak');
  if (leaks.some(({ rule }) => rule === LABEL_RULE)) {
    return {
      status: 'quarantined',
      reason: 'label-image',
      explain: 'the photograph of a slide label: nothing but identifiers; leave it out',
    };
  }
  if (leaks.some(({ frame }) => frame === undefined)) {
    return { status: 'quarantined', reason: 'leak', explain: 'identifiers are left; see the findings' };
  }
  if (leaks.length > 0) {
    return { status: 'quarantined', reason: 'pixels-text', explain: 'identifying text stands in the pixels' };
  }
  if (lacksPixels && policy.imagesWithoutPixels === 'hold') {
    return {
      status: 'held',
      reason: 'pixels-missing',
      explain:
        'an image without its pixels: the file may be cut; send it again, or set imagesWithoutPixels: release',
    };
  }
  if (framesNotRun > 0) {
    return {
      status: 'held',
      reason: 'pixels-not-run',
      explain: 'frames could not be read, so nobody knows what they show',
    };
  }
  if (findings.some(({ category }) => category === 'P' || category === 'Q')) {
    return {
      status: 'held',
      reason: 'suspects',
      explain: 'a face or biometric identifier: decide by faces and biometrics in the project file',
    };
  }
  if (findings.length > 0 && policy.suspects === 'hold') {
    const inPixels = findings.every(({ frame }) => frame !== undefined);
    return inPixels
      ? { status: 'held', reason: 'pixels-text', explain: 'text in the pixels awaits review' }
      : { status: 'held', reason: 'suspects', explain: 'suspects await review' };
  }
  return { status: 'released', reason: 'clean', explain: 'passed' };
}
