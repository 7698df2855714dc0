import type { Need } from '../../crosswalk/codes.ts';
import type { Delimiters } from '../../hl7/delimiters.ts';
import type { ActionTaken, MaskingContext } from '../masking.ts';
import type { Change } from './changes.ts';
import type { Observed } from './observations.ts';
import type { FieldPlan, Treatment } from './policy.ts';

/** What masking made of a field: nothing in it depends on where the field stood, so it holds for equal bytes too. */
export interface Outcome {
  /** Offsets count from the first byte of the field. */
  readonly changes: readonly Change[];
  readonly needs: readonly { readonly need: Need; readonly key: string }[];
  readonly actions: readonly ActionTaken[];
  /** The last plan that asked for the needs. */
  lastAsker: number;
}

/** What was made of an observation's type, identifier and unit. */
export interface ObservedTreatment extends Observed {
  readonly treatment: Treatment;
}

interface Entry {
  readonly bytes: Buffer;
  readonly outcome: Outcome;
  readonly next: Entry | undefined;
}

const LONGEST = 256;
/** Hashes of what was seen once; a power of two. */
const SEEN = 1 << 16;
const MOST_ENTRIES = 40_000;
const MOST_OBSERVATIONS = 10_000;

/** Bytes that a hash begins with and that each one is mixed with (FNV-1a). */
export const HASH_SEED = 0x811c9dc5;
export const HASH_PRIME = 0x01000193;

const memories = new WeakMap<MaskingContext, Map<number, FieldMemory>>();

/**
 * What was made of fields before. Messages repeat their providers, places, codes and dates without end; a field whose bytes
 * were seen in the same field of the same version is not looked at again. Only ASCII is remembered, and no escape that
 * stands for bytes: no character set has a say in it.
 */
export class FieldMemory {
  readonly #fields: (Map<number, Entry> | undefined)[] = [];
  readonly #seen = new Int32Array(SEEN);
  readonly observations = new Map<string, ObservedTreatment>();
  #entries = 0;

  keepObservation(key: string, observed: ObservedTreatment): void {
    if (this.observations.size >= MOST_OBSERVATIONS) this.observations.clear();
    this.observations.set(key, observed);
  }

  find(field: FieldPlan, hash: number, bytes: Uint8Array, start: number, end: number): Outcome | undefined {
    const entries = this.#fields[field.id];
    if (entries === undefined) return undefined;
    for (let entry = entries.get(hash); entry !== undefined; entry = entry.next) {
      if (isSame(entry.bytes, bytes, start, end)) return entry.outcome;
    }
    return undefined;
  }

  /**
   * Whether a field is worth keeping: seen for the second time. Numbers and times that never come again would only fill the
   * memory and the garbage collector's day.
   */
  isWorthKeeping(field: FieldPlan, hash: number): boolean {
    const mixed = (hash ^ Math.imul(field.id + 1, HASH_PRIME)) | 0;
    const slot = (mixed ^ (mixed >>> 15)) & (SEEN - 1);
    if (this.#seen[slot] === mixed) return true;
    this.#seen[slot] = mixed;
    return false;
  }

  /** Long fields are not kept: they are texts and attachments, which seldom come again. */
  keep(field: FieldPlan, hash: number, bytes: Buffer, outcome: Outcome): void {
    if (bytes.length > LONGEST) return;
    if (this.#entries >= MOST_ENTRIES) {
      this.#fields.length = 0;
      this.#entries = 0;
    }
    this.#entries++;
    let entries = this.#fields[field.id];
    if (entries === undefined) {
      entries = new Map();
      this.#fields[field.id] = entries;
    }
    entries.set(hash, { bytes: Buffer.from(bytes), outcome, next: entries.get(hash) });
  }
}

/** The memory of a run for messages with the same delimiters. */
export function memoryOf(context: MaskingContext, delimiters: Delimiters): FieldMemory {
  let byDelimiters = memories.get(context);
  if (byDelimiters === undefined) {
    byDelimiters = new Map();
    memories.set(context, byDelimiters);
  }
  const key = signatureOf(delimiters);
  let memory = byDelimiters.get(key);
  if (memory === undefined) {
    memory = new FieldMemory();
    byDelimiters.set(key, memory);
  }
  return memory;
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

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  const { length } = known;
  if (length !== end - start) return false;
  for (let at = 0; at < length; at++) if (known[at] !== bytes[start + at]) return false;
  return true;
}
