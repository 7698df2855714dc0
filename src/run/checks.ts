import type { Check, CheckState, ReasonCode } from '../model/result.ts';
import { faceCheck } from './face-check.ts';
import { populationCheck } from './population-check.ts';
import type { ResultFacts } from './result.ts';

/** How the checks of the whole release, or data set, ended. */
export function checksOf(facts: ResultFacts, canariesLive: boolean): Check[] {
  const count = (reason: ReasonCode) => facts.sources.filter((source) => source.reason === reason).length;
  const check = (id: string, title: string, bad: number, noun: string): Check => ({
    id,
    title,
    state: bad === 0 ? 'pass' : 'fail',
    detail: bad === 0 ? 'every file that was read' : `${bad} ${noun}`,
  });
  const frames = facts.sources.reduce((sum, source) => sum + (source.frames?.total ?? 0), 0);
  const notRun = facts.sources.reduce((sum, source) => sum + (source.frames?.notRun ?? 0), 0);
  const pixels: CheckState = frames === 0 ? 'not-applicable' : notRun > 0 ? 'not-run' : 'pass';
  const checks: Check[] = [
    {
      id: 'canaries',
      title: 'Every detector found its canaries',
      state: canariesLive ? 'pass' : 'fail',
      detail: `${facts.canaries.length} detectors`,
    },
    check(
      'agreement',
      'Two independent readers agree',
      count('readers-disagree'),
      'files on which they differ',
    ),
    {
      id: 'pixels',
      title: 'Every frame was read or cleared',
      state: pixels,
      detail: frames === 0 ? 'no pictures' : `${frames - notRun} of ${frames} frames`,
    },
    faceCheck(facts),
    populationCheck(facts.population),
  ];
  if (facts.command === 'run') {
    checks.push(
      check(
        'integrity',
        'Pixels, and all bytes of messages outside the edits, are as they were',
        count('integrity'),
        'files',
      ),
    );
  }
  return checks;
}
