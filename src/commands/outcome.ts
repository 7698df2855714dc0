import { PhiGateError } from '../errors.ts';

/** What exit codes mean; README's table is checked against this one. */
export const EXIT_CODES = {
  0: 'pass: everything was searched and nothing was found but what rules of the project keep',
  1: 'findings: a leak, or suspects that nobody has reviewed',
  2: 'usage or configuration error',
  3: 'incomplete: something was unreadable, not searched or not run (outranks 1)',
  4: 'nothing to scan',
  5: 'internal error',
  130: 'interrupted; the same command goes on where it stopped',
} as const;

export type ExitCode = keyof typeof EXIT_CODES;

/** Prints an error for people, without a stack and without any value, and says which exit code it is. */
export function reportError(error: unknown): ExitCode {
  if (error instanceof PhiGateError) {
    process.stderr.write(`phi-gate: ${error.message}\n`);
    if (error.code === 'disk') return 3;
    return error.code === 'internal' ? 5 : 2;
  }
  if (error instanceof Error && error.name === 'AbortError') {
    process.stderr.write('phi-gate: interrupted; run the same command again to go on\n');
    return 130;
  }
  // The message of a foreign error may quote what it read: its kind is all that is safe to show.
  const kind = error instanceof Error ? error.name : 'unknown';
  process.stderr.write(`phi-gate: internal error (${kind}); please report it. The input was not changed\n`);
  if (process.env.PHI_GATE_DEBUG === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return 5;
}
