import type { ExitCode } from './outcome.ts';

/** What commands share: how they say which exit code they end with. */
export interface CommandContext {
  exit(code: ExitCode): void;
}
