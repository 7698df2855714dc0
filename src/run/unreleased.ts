import type { SourceStatus } from '../model/result.ts';
import type { EndedSource } from './result.ts';

/** A source that was held or quarantined, for the person at the terminal: by its id, never by its name. */
export interface Unreleased {
  /** Id of the source; in a scan its path, with parts that identify masked. */
  readonly source: string;
  readonly status: SourceStatus;
  /** What is wrong, where, and what to do. Value-free. */
  readonly explain: string;
}

/** What was not released and not skipped, in the order of the sources. */
export function unreleasedOf(sources: readonly (EndedSource & { readonly shown?: string })[]): Unreleased[] {
  return sources
    .filter(({ status }) => status === 'held' || status === 'quarantined')
    .map(({ id, shown, status, explain }) => ({ source: shown ?? id, status, explain }));
}
