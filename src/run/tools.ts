import type { FingerprintSource } from '../audit/finding.ts';
import type { Detector } from '../detect/detector.ts';
import type { NamesOfFile } from '../detect/links/names-of-file.ts';
import type { Documents } from '../documents/documents.ts';
import type { HipaaCategory } from '../model/category.ts';
import type { Hit } from '../model/finding.ts';
import type { Passage } from '../model/passage.ts';
import type { Ocr } from '../ocr/reader.ts';
import type { Accepted, Kept } from './acceptance.ts';

/** A known identifier in raw bytes. */
export interface ByteHit {
  readonly start: number;
  readonly end: number;
  readonly hit: Hit;
}

export interface OpenEnds {
  readonly openStart: boolean;
  readonly openEnd: boolean;
}

/** What an audit looks with. The same for every file of a run, but for the equipment words of the file. */
export interface AuditTools {
  readonly ocr: Ocr;
  readonly documents: Documents;
  detectors(equipment: readonly string[]): readonly Detector[];
  /** What finds names by how they stand in a text: the original of a file is asked for names too. */
  readonly nameFinders: readonly Detector[];
  /** What finds the names of a file in its other texts. */
  linker(names: NamesOfFile): Detector;
  /** `open`: the bytes are a chunk that goes on before or after. */
  searchBytes(
    bytes: Uint8Array,
    bulk: boolean,
    equipment: readonly string[],
    open: OpenEnds,
  ): readonly ByteHit[];
  readonly fingerprints: FingerprintSource;
  /** Hits on what the project decided to let stand, in a passage or in raw bytes. */
  accepts(hit: Hit, passage: Passage): Accepted | undefined;
  acceptsBytes(hit: Hit, value: string): boolean;
  /** The rule that keeps the place of a passage. */
  keptBy(passage: Passage): Kept | undefined;
  /** The decision of the project by which faces (Q) or biometrics (P) stay, by its label. */
  waives(category: HipaaCategory): string | undefined;
}

/** The same tools where no project lets anything stand. */
export const acceptingNothing = (tools: AuditTools): AuditTools => ({
  ...tools,
  accepts: () => undefined,
  acceptsBytes: () => false,
  keptBy: () => undefined,
  waives: () => undefined,
});
