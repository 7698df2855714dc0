import type { CodeBook } from '../../crosswalk/codes.ts';
import type { EnvelopeSegment, Hl7File } from '../../hl7/file.ts';
import { fieldSpans, type Message } from '../../hl7/message.ts';
import type { Edit } from '../../splice.ts';
import type { ActionTaken, MaskingContext, Plan } from '../masking.ts';
import type { MaskedPart } from './changes.ts';
import { MessageMasker } from './masker.ts';

const NOTHING = new Uint8Array(0);
const COUNT_FIELD = 1;

/**
 * Plans what lies around the messages of a file: fields of FHS, BHS, BTS and FTS by their rules, and text that belongs to
 * no message, which goes.
 */
export function planEnvelope(file: Hl7File, context: MaskingContext): Plan<MaskedPart> {
  const changes = file.envelope.map((segment) => {
    const masker = new MessageMasker(envelopeMessage(file, segment), context);
    masker.planMessage();
    return masker.changes;
  });
  const strays = file.strays.map(([start, end]): Edit => ({ start, end, bytes: NOTHING }));
  const dropped: ActionTaken[] = strays.map(() => ({ attribute: 'text outside messages', action: 'remove' }));
  return {
    needs: changes.flatMap(({ needs }) => needs.all),
    apply: (codes: CodeBook) => ({
      edits: [...changes.flatMap((list) => list.edits(codes)), ...strays],
      actions: [...changes.flatMap((list) => list.allActions()), ...dropped],
    }),
  };
}

/**
 * Edits that take messages out of a file, with their framing, and recount the messages of each batch in BTS-1. FTS-1, the
 * number of batches, stays: a batch that lost all its messages is an empty batch. To be used on a file before it is masked
 * (leaving out the edits of what is withheld) or after.
 */
export function withholdParts(file: Hl7File, withheld: ReadonlySet<number>): Edit[] {
  if (withheld.size === 0) return [];
  const edits = file.parts
    .filter((part) => withheld.has(part.index))
    .map(({ start, end }): Edit => ({ start, end, bytes: NOTHING }));
  let first = 0;
  for (const segment of file.envelope) {
    if (segment.name === 'BHS') first = segment.messagesBefore;
    if (segment.name !== 'BTS') continue;
    const recount = recountEdit(file, segment, first, withheld);
    if (recount !== undefined) edits.push(recount);
    first = segment.messagesBefore;
  }
  return edits;
}

/** BTS-1 as the number of messages that are left, where it says a number and one of them is gone. */
function recountEdit(
  file: Hl7File,
  segment: EnvelopeSegment,
  first: number,
  withheld: ReadonlySet<number>,
): Edit | undefined {
  const [start, end] = fieldSpans(envelopeMessage(file, segment), segment).slice(
    2 * COUNT_FIELD,
    2 * COUNT_FIELD + 2,
  );
  if (start === undefined || end === undefined || start === end) return undefined;
  const inBatch = file.parts.slice(first, segment.messagesBefore);
  const left = inBatch.filter((part) => !withheld.has(part.index)).length;
  return left === inBatch.length ? undefined : { start, end, bytes: Buffer.from(String(left)) };
}

/** An envelope segment as a message of its own, so that the same rules walk it. */
function envelopeMessage(file: Hl7File, segment: EnvelopeSegment): Message {
  const [part] = file.parts;
  if (part === undefined) throw new Error('a file that was read has a message');
  const { start, next } = segment;
  const { problem: _, ...readable } = part;
  return { ...readable, start, end: next, delimiters: segment.delimiters, segments: [segment] };
}
