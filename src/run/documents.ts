import { dicomDocuments } from '../audit/dicom/documents.ts';
import type { SecondReading } from '../audit/dicom/second-reader.ts';
import { auditPicture, type DocumentPlace, documentPassage, partLocus } from '../audit/documents.ts';
import type { UnreadPart } from '../documents/document.ts';
import { PhiGateError } from '../errors.ts';
import type { ReasonCode } from '../model/result.ts';
import type { Limits } from '../project/schema.ts';
import { reasonOfCode } from './inventory.ts';
import { type FrameCounts, NO_FRAMES, type Problem } from './line.ts';
import type { PassageSearch } from './passage-search.ts';
import type { AuditTools } from './tools.ts';

/** A document that somebody else's reader found: in an element, in a field, or a file by itself. */
export interface FoundDocument extends DocumentPlace {
  readonly bytes: Uint8Array;
  readonly mediaType?: string;
  /** Message of a batch that it stands in. */
  readonly part?: number;
}

/** What became of a document: its pictures, and what of it nobody has read. */
export interface DocumentSearch {
  readonly frames: FrameCounts;
  readonly problems: readonly Problem[];
}

/** The documents inside a DICOM file. */
export function documentsOfDicom(reading: SecondReading, limits: Limits): FoundDocument[] {
  return dicomDocuments(reading).map(({ locus, mediaType, length, bytes }) => {
    if (length > limits.documentBytes)
      throw new PhiGateError('too-large', 'a document in the file has more bytes than limits.documentBytes', {
        locus,
      });
    return { locus, mediaType, hints: { format: 'dicom' }, bytes: bytes() };
  });
}

/** Reads documents one after the other; what became of all of them. */
export async function searchDocuments(
  documents: readonly FoundDocument[],
  search: PassageSearch,
  tools: AuditTools,
  equipment: readonly string[],
  limits: Limits,
): Promise<DocumentSearch> {
  let frames = NO_FRAMES;
  const problems: Problem[] = [];
  for (const document of documents) {
    const searched = await searchDocument(document, search, tools, equipment, limits);
    frames = addFrames(frames, searched.frames);
    problems.push(...searched.problems);
  }
  return { frames, problems };
}

/** Reads a document whole, gives its texts and pictures to `search`, and says what could not be read. */
export async function searchDocument(
  document: FoundDocument,
  search: PassageSearch,
  tools: AuditTools,
  equipment: readonly string[],
  limits: Limits,
): Promise<DocumentSearch> {
  const { bytes, mediaType, part } = document;
  let frames = NO_FRAMES;
  const problems: Problem[] = [];
  for await (const found of tools.documents.read(bytes, limits, mediaType)) {
    if (found.kind === 'unread') problems.push(problemOf(found, document));
    else if (found.kind !== 'picture') search.passage(documentPassage(found, document), part);
    else {
      const detectors = tools.detectors(equipment);
      const audit = await auditPicture(found, document, tools.ocr, detectors, limits);
      for (const { frame, box, locus, hit, text } of audit.findings)
        search.pixelHit(hit, text, locus, frame, box, part);
      search.counted('pixels', audit.counts.read, audit.characters);
      const why = Object.fromEntries(audit.notRun.map((reason) => [reason.why, reason.frames]));
      frames = addFrames(frames, { ...audit.counts, why });
    }
  }
  return { frames, problems };
}

function problemOf({ locus, why, code }: UnreadPart, document: FoundDocument): Problem {
  const reason: ReasonCode = code === undefined ? 'not-searched' : reasonOfCode(code);
  const { part } = document;
  return {
    code: reason,
    explain: why,
    locus: partLocus(document, locus),
    ...(part !== undefined && { part }),
  };
}

/** Counts of two groups of frames together. */
export function addFrames(a: FrameCounts, b: FrameCounts): FrameCounts {
  const why: Record<string, number> = { ...a.why };
  for (const [reason, count] of Object.entries(b.why)) why[reason] = (why[reason] ?? 0) + count;
  return {
    total: a.total + b.total,
    read: a.read + b.read,
    cleared: a.cleared + b.cleared,
    notRun: a.notRun + b.notRun,
    why,
  };
}
