import { PhiGateError } from '../errors.ts';
import { type FileSource, type OpenFileOptions, openFile } from '../input/file-source.ts';
import type { FoundFile } from '../input/walk.ts';
import type { Format } from '../model/passage.ts';
import type { BlackedOut } from '../model/redaction.ts';
import type { ReasonCode, SourceStatus } from '../model/result.ts';
import type { Store } from '../store/store.ts';
import type { AcceptedCount } from './accepted.ts';
import { reasonOf } from './inventory.ts';
import type { EditSpan, FrameCounts, PlaceCounts } from './line.ts';

/** A source on its way: the file and its row in the store. */
export interface Item {
  readonly id: string;
  readonly found: FoundFile;
  readonly format: 'dicom' | 'hl7';
}

/** What became of the face in a series that would render one; the same for all its files but for the boxes. */
export interface BlankedFace {
  /** What is air now in the staged file. */
  readonly blanked: readonly BlackedOut[];
  /** Why a face may still be seen; absent where the audit confirmed that there is none. */
  readonly why?: string;
}

/** Value-free memory of a source for the report. */
export interface SourceDetails {
  readonly explain?: string;
  readonly anomalies?: readonly string[];
  readonly places?: PlaceCounts;
  readonly frames?: FrameCounts;
  readonly studies?: number;
  /** Messages that masking or the gate kept back. */
  readonly withheld?: number;
  /** What rules of the project let stand. */
  readonly accepted?: readonly AcceptedCount[];
  readonly edits?: readonly EditSpan[];
  /** What was blacked out in the pixels of the staged file. */
  readonly redaction?: readonly BlackedOut[];
  /** Why text in the pixels could not be blacked out. */
  readonly unredacted?: string;
  /** Of a slice of a series that would render a face, where the project wants faces blanked. */
  readonly face?: BlankedFace;
  /** Messages of the original that are in the staged file. */
  readonly kept?: readonly number[];
}

/** Opens a source for one piece of work and closes it whatever happens. */
export function withFile<T>(
  path: Buffer | string,
  work: (source: FileSource) => T,
  options: OpenFileOptions = {},
): T {
  const source = openFile(path, options);
  try {
    return work(source);
  } finally {
    source.close();
  }
}

/** The same for work that waits. */
export async function withFileAsync<T>(
  path: Buffer | string,
  work: (source: FileSource) => Promise<T>,
): Promise<T> {
  const source = openFile(path);
  try {
    return await work(source);
  } finally {
    source.close();
  }
}

/** Writes how a source ended. */
export function endSource(
  store: Store,
  id: string,
  end: { format: Format; status: SourceStatus; reason: ReasonCode; details: SourceDetails },
): void {
  store.sources.update(id, { phase: 'done', ...end });
}

/**
 * Ends a source that could not be masked or audited; the rest goes on.
 * @throws what concerns the whole run: a crosswalk or a disk that fails.
 */
export function quarantine(store: Store, item: Item, details: SourceDetails, error: unknown): void {
  if (error instanceof PhiGateError && (error.code === 'crosswalk' || error.code === 'disk')) throw error;
  const { reason, explain } = reasonOf(error);
  const { id, format } = item;
  endSource(store, id, { format, status: 'quarantined', reason, details: { ...details, explain } });
}
