import type { Need } from '../../crosswalk/codes.ts';
import type { ActionTaken, MaskingContext } from '../masking.ts';
import type { Change } from './changes.ts';
import type { FieldPlan } from './policy.ts';

/** What masking made of a field: nothing in it depends on where the field stood, so it holds for equal bytes too. */
export interface Outcome {
  /** Offsets count from the first byte of the field. */
  readonly changes: readonly Change[];
  readonly needs: readonly { readonly need: Need; readonly key: string }[];
  readonly actions: readonly ActionTaken[];
}

interface Entry {
  readonly bytes: Buffer;
  readonly outcome: Outcome;
  readonly next: Entry | undefined;
}

const LONGEST = 256;
const MOST_ENTRIES = 40_000;

const memories = new WeakMap<MaskingContext, Map<string, FieldMemory>>();

/**
 * What was made of fields before. Messages repeat their providers, places, codes and dates without end; a field whose bytes
 * were seen in the same field of the same version is not looked at again.
 */
export class FieldMemory {
  readonly #fields = new Map<FieldPlan, Map<number, Entry>>();
  #entries = 0;

  /** Key of an ASCII field, -1 for one that is not remembered: too long, or with bytes that a character set decides over. */
  key(bytes: Uint8Array, start: number, end: number): number {
    if (end - start > LONGEST) return -1;
    let hash = 0x811c9dc5;
    let all = 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      all |= byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    return all > 0x7f ? -1 : hash >>> 1;
  }

  find(field: FieldPlan, key: number, bytes: Uint8Array, start: number, end: number): Outcome | undefined {
    for (let entry = this.#fields.get(field)?.get(key); entry !== undefined; entry = entry.next) {
      if (isSame(entry.bytes, bytes, start, end)) return entry.outcome;
    }
    return undefined;
  }

  keep(field: FieldPlan, key: number, bytes: Buffer, outcome: Outcome): void {
    if (this.#entries >= MOST_ENTRIES) {
      this.#fields.clear();
      this.#entries = 0;
    }
    this.#entries++;
    let entries = this.#fields.get(field);
    if (entries === undefined) {
      entries = new Map();
      this.#fields.set(field, entries);
    }
    entries.set(key, { bytes: Buffer.from(bytes), outcome, next: entries.get(key) });
  }
}

/** The memory of a run for messages with the same delimiters. */
export function memoryOf(context: MaskingContext, delimiters: string): FieldMemory {
  let byDelimiters = memories.get(context);
  if (byDelimiters === undefined) {
    byDelimiters = new Map();
    memories.set(context, byDelimiters);
  }
  let memory = byDelimiters.get(delimiters);
  if (memory === undefined) {
    memory = new FieldMemory();
    byDelimiters.set(delimiters, memory);
  }
  return memory;
}

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let at = 0; at < known.length; at++) if (known[at] !== bytes[start + at]) return false;
  return true;
}
