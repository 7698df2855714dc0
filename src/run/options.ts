import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';

/** What happens while a run goes on; a terminal draws it, a library user may not care. */
export interface RunEvents {
  /** A phase begins; `total` files are to go through it. */
  phase?(name: 'survey' | 'mask' | 'audit' | 'scan', total: number): void;
  /** One file of the phase is done. */
  step?(): void;
  /** Something a person should read; no value of PHI in it. */
  notice?(message: string): void;
}

interface CommonOptions extends RunEvents {
  /** File or folder; never written to. */
  readonly input: string;
  /** project.yaml; the built-in safe-harbor template without one. */
  readonly project?: string;
  /** CSV of identifiers to look for. */
  readonly known?: string;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  readonly random?: Random;
}

export interface RunOptions extends CommonOptions {
  /** Gets `data/` and `report/`. */
  readonly out: string;
  /** Private folder of the store; `OUT.work` beside the release by default. */
  readonly work?: string;
}

export interface ScanOptions extends CommonOptions {
  /** A strict search, whatever the project says: doubtful words are suspects too. */
  readonly strict?: boolean;
  readonly work?: string;
}
