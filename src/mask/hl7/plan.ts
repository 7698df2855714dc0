import type { CodeBook } from '../../crosswalk/codes.ts';
import type { Message } from '../../hl7/message.ts';
import type { Edit } from '../../splice.ts';
import type { ActionTaken, MaskingContext, Plan } from '../masking.ts';
import type { ChangeList, MaskedPart } from './changes.ts';
import { MessageMasker } from './masker.ts';

/**
 * Plans the masking of one message: rules of project.yaml first, then those of rules/hl7/ by field, then by data type of
 * the message's version. Edits count in the file; segments, fields and every byte outside of edits stay as they are.
 * @throws PhiGateError `malformed` where the message has a `problem`: it must not be released.
 */
export function planMessage(message: Message, context: MaskingContext): Plan<MaskedPart> {
  return new MessagePlan(maskerOf(message, context).changes);
}

/** A birth date stands before the age that forbids it: where a message shows an age over 89 it is planned once more. */
function maskerOf(message: Message, context: MaskingContext): MessageMasker {
  const first = new MessageMasker(message, context);
  first.planMessage();
  if (first.oldAges.length === 0) return first;
  const second = new MessageMasker(message, context, first.oldAges);
  second.planMessage();
  return second;
}

// Classes, since V8 makes a hidden class, which outlives all that it refers to, for each object literal that has a getter.
class MessagePlan implements Plan<MaskedPart> {
  readonly #changes: ChangeList;

  constructor(changes: ChangeList) {
    this.#changes = changes;
  }

  get needs() {
    return this.#changes.needs.all;
  }

  apply(codes: CodeBook): MaskedPart {
    return new MaskedMessage(this.#changes, codes);
  }
}

class MaskedMessage implements MaskedPart {
  readonly edits: readonly Edit[];
  readonly #changes: ChangeList;

  constructor(changes: ChangeList, codes: CodeBook) {
    this.edits = changes.edits(codes);
    this.#changes = changes;
  }

  /** Put together for who asks. */
  get actions(): readonly ActionTaken[] {
    return this.#changes.allActions();
  }
}

/** Masks the messages of one project. Planning the same message twice gives the same needs. */
export class Hl7Masker {
  readonly #context: MaskingContext;

  constructor(context: MaskingContext) {
    this.#context = context;
  }

  /** As {@link planMessage}. */
  plan(message: Message): Plan<MaskedPart> {
    return planMessage(message, this.#context);
  }
}
