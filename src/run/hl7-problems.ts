import { type Hl7MessagePassages, UNREAD_DOCUMENT } from '../audit/hl7/passages.ts';
import type { SecondMessage } from '../audit/hl7/second-reader.ts';
import { changesOutsideEdits } from '../audit/integrity.ts';
import type { FileSource } from '../input/file-source.ts';
import { memorySource } from '../splice.ts';
import type { EditSpan, Problem } from './line.ts';

/** A message without its stray lines: masking empties them, and then they are no lines any more. */
export function segmentsOnly(message: SecondMessage): SecondMessage {
  return { ...message, segments: message.segments.filter(({ name }) => /^[A-Z][A-Z0-9]{2}$/.test(name)) };
}

/** Whether every byte that masking did not name is as it was. */
export function outsideEdits(
  original: FileSource,
  staged: Uint8Array,
  spans: readonly EditSpan[] | undefined,
): Problem[] {
  if (spans === undefined) return [];
  let grown = 0;
  const edits = spans.map(([start, end, length]) => {
    const at = start + grown;
    grown += length - (end - start);
    return { start, end, bytes: staged.subarray(at, at + length) };
  });
  return changesOutsideEdits(original, memorySource(staged), edits).map(({ kind }) => ({
    code: 'integrity' as const,
    explain: `bytes outside the edits differ (${kind})`,
  }));
}

/** Documents inside a message that nobody could read. */
export function unreadDocuments({ anomalies, index }: Hl7MessagePassages): Problem[] {
  return anomalies
    .filter(({ kind }) => kind === UNREAD_DOCUMENT)
    .map(({ locus }) => ({
      code: 'not-searched',
      explain: 'an embedded document is not encoded as it says, and cannot be read',
      locus,
      ...(index !== undefined && { part: index }),
    }));
}
