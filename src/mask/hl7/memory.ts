import type { Need } from '../../crosswalk/codes.ts';
import type { Delimiters } from '../../hl7/delimiters.ts';
import type { ActionTaken, MaskingContext } from '../masking.ts';
import { type ByteSpan, ByteTable, mix } from './byte-table.ts';
import type { Change } from './changes.ts';
import { type KnownNeed, KnownNeeds } from './needs.ts';
import { ObservationMemory } from './observation-memory.ts';

/** What masking made of a field or segment: nothing in it depends on where that stood, so it holds for equal bytes too. */
export interface Outcome {
  /** Offsets count from the first byte of the field or segment. */
  readonly changes: readonly Change[];
  readonly needs: readonly KnownNeed[];
  readonly actions: readonly ActionTaken[];
  /** Of a segment: a text that ran up to it ended there. */
  readonly endsRun: boolean;
}

/** What was made of a span, before its needs are those of the memory. */
export type FreshOutcome = Omit<Outcome, 'needs'> & { readonly needs: readonly Need[] };

const LONGEST_FIELD = 256;
const LONGEST_SEGMENT = 512;
/** Hashes of what was seen once; a power of two. */
const SEEN = 1 << 16;
const MOST_ENTRIES = 40_000;
/** Objects that the entries hold: a segment of many repetitions holds a hundred times what a date does. */
const MOST_PARTS = 200_000;
const MOST_MEMORIES = 16;

const memories = new WeakMap<MaskingContext, Memories>();

/**
 * What was made of spans before, by what they are (the number of a field's or a segment's plan) and their bytes. Only ASCII
 * is remembered, and no escape that stands for bytes: no character set has a say in it.
 */
export class OutcomeMemory {
  readonly #longest: number;
  readonly #table = new ByteTable();
  #outcomes: Outcome[] = [];
  #parts = 0;
  readonly #seen = new Int32Array(SEEN);
  readonly #needs: KnownNeeds;

  constructor(longest: number, needs: KnownNeeds) {
    this.#longest = longest;
    this.#needs = needs;
  }

  find(plan: number, hash: number, source: ByteSpan, start: number, end: number): Outcome | undefined {
    const number = this.#table.find(plan, hash, source, start, end);
    return number < 0 ? undefined : this.#outcomes[number];
  }

  /**
   * Whether a span is worth keeping: seen for the second time. Numbers and times that never come again would only fill the
   * memory and the garbage collector's day. Nor are long spans kept: they are texts and attachments, which seldom come again.
   */
  isWorthKeeping(plan: number, hash: number, length: number): boolean {
    if (length > this.#longest) return false;
    const mixed = mix(plan, hash);
    const slot = mixed & (SEEN - 1);
    if (this.#seen[slot] === mixed) return true;
    this.#seen[slot] = mixed;
    return false;
  }

  /** Keeps what was made of `bytes[start, end)`, which was not found. */
  keep(plan: number, hash: number, bytes: Uint8Array, start: number, end: number, made: FreshOutcome): void {
    if (this.#table.size >= MOST_ENTRIES || this.#parts >= MOST_PARTS) {
      this.#table.clear();
      this.#outcomes = [];
      this.#parts = 0;
    }
    const number = this.#table.add(plan, hash, bytes, start, end);
    if (number < 0) return;
    this.#outcomes[number] = { ...made, needs: this.#needs.of(made.needs) };
    this.#parts += partsOf(made);
  }
}

/**
 * What a run remembers. Messages repeat their providers, places, codes and dates without end, and whole segments where
 * several messages tell of one visit; what was seen in the same place of the same version is not looked at again.
 */
export class Memory {
  readonly #needs = new KnownNeeds();
  readonly fields = new OutcomeMemory(LONGEST_FIELD, this.#needs);
  readonly segments = new OutcomeMemory(LONGEST_SEGMENT, this.#needs);
  readonly observations = new ObservationMemory();
}

function partsOf({ changes, needs, actions }: FreshOutcome): number {
  let parts = needs.length + actions.length;
  for (const { waiting } of changes) parts += typeof waiting === 'object' ? 1 + waiting.size : 1;
  return parts;
}

/** The memory of a run for messages with the same delimiters. */
export function memoryOf(context: MaskingContext, delimiters: Delimiters): Memory {
  let all = memories.get(context);
  if (all === undefined) {
    all = new Memories();
    memories.set(context, all);
  }
  return all.of(delimiters);
}

class Memories {
  readonly #memories = new Map<number, Memory>();
  #last: { readonly delimiters: Delimiters; readonly memory: Memory } | undefined;

  of(delimiters: Delimiters): Memory {
    // The next message hardly ever has other delimiters.
    if (this.#last?.delimiters !== delimiters) this.#last = { delimiters, memory: this.#find(delimiters) };
    return this.#last.memory;
  }

  #find(delimiters: Delimiters): Memory {
    const key = signatureOf(delimiters);
    let memory = this.#memories.get(key);
    if (memory === undefined) {
      if (this.#memories.size >= MOST_MEMORIES) this.#memories.clear();
      memory = new Memory();
      this.#memories.set(key, memory);
    }
    return memory;
  }
}

/** One number for the six delimiters, each below 128 or -1. */
function signatureOf(d: Delimiters): number {
  let signature = d.field + 1;
  signature = signature * 128 + d.component + 1;
  signature = signature * 128 + d.repetition + 1;
  signature = signature * 128 + d.escape + 1;
  signature = signature * 128 + d.subcomponent + 1;
  return signature * 128 + d.truncation + 1;
}
