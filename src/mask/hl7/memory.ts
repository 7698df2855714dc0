import type { Need } from '../../crosswalk/codes.ts';
import type { Delimiters } from '../../hl7/delimiters.ts';
import type { ActionTaken, MaskingContext } from '../masking.ts';
import { ByteTable, mix } from './byte-table.ts';
import type { Change } from './changes.ts';
import type { FieldScan } from './field-scan.ts';
import type { Observed } from './observations.ts';
import type { FieldPlan } from './segment-plan.ts';
import type { Treatment } from './treatments.ts';

/** What masking made of a field: nothing in it depends on where the field stood, so it holds for equal bytes too. */
export interface Outcome {
  /** Offsets count from the first byte of the field. */
  readonly changes: readonly Change[];
  readonly needs: readonly Need[];
  readonly actions: readonly ActionTaken[];
  /** The last plan that asked for the needs. */
  lastAsker: number;
}

/** What was made of an observation's type, identifier and unit. */
export interface ObservedTreatment extends Observed {
  readonly treatment: Treatment;
}

const LONGEST = 256;
/** Hashes of what was seen once; a power of two. */
const SEEN = 1 << 16;
const MOST_ENTRIES = 40_000;
const MOST_OBSERVATIONS = 10_000;
const MOST_MEMORIES = 16;

const memories = new WeakMap<MaskingContext, Map<number, FieldMemory>>();

/**
 * What was made of fields before. Messages repeat their providers, places, codes and dates without end; a field whose bytes
 * were seen in the same field of the same version is not looked at again. Only ASCII is remembered, and no escape that
 * stands for bytes: no character set has a say in it.
 */
export class FieldMemory {
  readonly #table = new ByteTable();
  #outcomes: Outcome[] = [];
  readonly #seen = new Int32Array(SEEN);
  readonly observations = new ObservationMemory();

  find(field: FieldPlan, hash: number, bytes: Uint8Array, start: number, end: number): Outcome | undefined {
    const number = this.#table.find(field.id, hash, bytes, start, end);
    return number < 0 ? undefined : this.#outcomes[number];
  }

  /**
   * Whether a field is worth keeping: seen for the second time. Numbers and times that never come again would only fill the
   * memory and the garbage collector's day. Nor are long fields kept: they are texts and attachments, which seldom come again.
   */
  isWorthKeeping(field: FieldPlan, hash: number, length: number): boolean {
    if (length > LONGEST) return false;
    const mixed = mix(field.id, hash);
    const slot = mixed & (SEEN - 1);
    if (this.#seen[slot] === mixed) return true;
    this.#seen[slot] = mixed;
    return false;
  }

  /** Keeps what was made of a field that was not found. */
  keep(
    field: FieldPlan,
    hash: number,
    bytes: Uint8Array,
    [start, end]: readonly [number, number],
    made: Outcome,
  ): void {
    if (this.#table.size >= MOST_ENTRIES) {
      this.#table.clear();
      this.#outcomes = [];
    }
    this.#outcomes[this.#table.add(field.id, hash, bytes, start, end)] = made;
  }
}

const [TYPE, IDENTIFIER, UNITS, RANGE] = [2, 3, 6, 7];

/** What OBX-2 and OBX-3, then OBX-6 and OBX-7 were found to make of OBX-5: results come in long rows. */
export class ObservationMemory {
  readonly #identifiers = new ByteTable();
  readonly #measures = new ByteTable();
  #treatments: ObservedTreatment[] = [];

  find(field: FieldPlan, bytes: Uint8Array, scan: FieldScan): ObservedTreatment | undefined {
    const { spans, hashes } = scan;
    const number = this.#identifiers.find(
      field.id,
      mix(hashes[TYPE] as number, hashes[IDENTIFIER] as number),
      bytes,
      spans[2 * TYPE] as number,
      spans[2 * IDENTIFIER + 1] as number,
    );
    if (number < 0) return undefined;
    const [hash, start, end] = [measureHash(scan), measureStart(scan), measureEnd(scan)];
    const measure = this.#measures.find(number, hash, bytes, start, end);
    return measure < 0 ? undefined : this.#treatments[measure];
  }

  /** Keeps what was not found. */
  keep(field: FieldPlan, bytes: Uint8Array, scan: FieldScan, treatment: ObservedTreatment): void {
    if (this.#measures.size >= MOST_OBSERVATIONS) {
      this.#identifiers.clear();
      this.#measures.clear();
      this.#treatments = [];
    }
    const { spans, hashes } = scan;
    const hash = mix(hashes[TYPE] as number, hashes[IDENTIFIER] as number);
    const [start, end] = [spans[2 * TYPE] as number, spans[2 * IDENTIFIER + 1] as number];
    let number = this.#identifiers.find(field.id, hash, bytes, start, end);
    if (number < 0) number = this.#identifiers.add(field.id, hash, bytes, start, end);
    const measure = this.#measures.add(
      number,
      measureHash(scan),
      bytes,
      measureStart(scan),
      measureEnd(scan),
    );
    this.#treatments[measure] = treatment;
  }
}

// OBX-6 and OBX-7 with what lies between them; nothing where the segment ends before.
const measureStart = ({ spans, count }: FieldScan): number =>
  count > UNITS ? (spans[2 * UNITS] as number) : 0;
const measureEnd = ({ spans, count }: FieldScan): number =>
  count > UNITS ? (spans[2 * (count > RANGE ? RANGE : UNITS) + 1] as number) : 0;
const measureHash = ({ hashes, count }: FieldScan): number =>
  count > RANGE
    ? mix(hashes[UNITS] as number, hashes[RANGE] as number)
    : count > UNITS
      ? (hashes[UNITS] as number)
      : 0;

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
    if (byDelimiters.size >= MOST_MEMORIES) byDelimiters.clear();
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
