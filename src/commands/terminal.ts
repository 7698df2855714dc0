import { systemClock } from '../ports/clock.ts';
import { createProgress } from '../report/progress.ts';
import type { RunEvents } from '../run/options.ts';
import type { Unreleased } from '../run/unreleased.ts';

/** Draws progress on stderr: a bar on a terminal, plain lines elsewhere, nothing where `quiet`. */
export function progressEvents(quiet: boolean): Required<RunEvents> {
  const progress = createProgress({ stream: process.stderr, clock: systemClock, quiet });
  let left = 0;
  return {
    phase(name, total) {
      left = total;
      if (total > 0) progress.begin(name, total);
    },
    step() {
      progress.advance(1);
      left -= 1;
      if (left === 0) progress.end();
    },
    notice(message) {
      if (!quiet) process.stderr.write(`${message}\n`);
    },
  };
}

/** A signal that Ctrl-C aborts: the run stops at the next file, and the same command goes on from there. */
export function interruptible(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

/** More lines than this nobody reads; the manifest has them all. */
const MOST_LINES = 20;

/** Says on stderr what was not released, a line a source. */
export function tellUnreleased(unreleased: readonly Unreleased[]): void {
  for (const { source, status, explain } of unreleased.slice(0, MOST_LINES)) {
    process.stderr.write(`${source} ${status}: ${explain}\n`);
  }
  const more = unreleased.length - MOST_LINES;
  if (more > 0) process.stderr.write(`... and ${more} more\n`);
}
