import { type ByteSpan, ByteTable, hashOf } from './byte-table.ts';
import type { FieldScan } from './field-scan.ts';
import type { Observed } from './observations.ts';
import type { FieldPlan } from './segment-plan.ts';
import type { Treatment } from './treatments.ts';

/** What was made of an observation's type, identifier and unit. */
export interface ObservedTreatment extends Observed {
  readonly treatment: Treatment;
}

const MOST_OBSERVATIONS = 10_000;
/** Bytes of OBX-2 and OBX-3, or of OBX-6 and OBX-7, that are kept: the memory is not to grow with what somebody puts there. */
const LONGEST = 512;
const [TYPE, IDENTIFIER, UNITS, RANGE] = [2, 3, 6, 7];

/** What OBX-2 and OBX-3, then OBX-6 and OBX-7 were found to make of OBX-5: results come in long rows. */
export class ObservationMemory {
  readonly #identifiers = new ByteTable();
  readonly #measures = new ByteTable();
  #treatments: ObservedTreatment[] = [];

  find(field: FieldPlan, source: ByteSpan, { spans, count }: FieldScan): ObservedTreatment | undefined {
    const [start, end] = [spans[2 * TYPE] as number, spans[2 * IDENTIFIER + 1] as number];
    const number = this.#identifiers.find(field.id, hashOf(source, start, end), source, start, end);
    if (number < 0) return undefined;
    const from = measureStart(spans, count);
    const to = measureEnd(spans, count);
    const measure = this.#measures.find(number, hashOf(source, from, to), source, from, to);
    return measure < 0 ? undefined : this.#treatments[measure];
  }

  /** Keeps what was not found, unless it is long. */
  keep(field: FieldPlan, source: ByteSpan, { spans, count }: FieldScan, treatment: ObservedTreatment): void {
    const [start, end] = [spans[2 * TYPE] as number, spans[2 * IDENTIFIER + 1] as number];
    const [from, to] = [measureStart(spans, count), measureEnd(spans, count)];
    if (end - start > LONGEST || to - from > LONGEST) return;
    if (this.#measures.size >= MOST_OBSERVATIONS) {
      this.#identifiers.clear();
      this.#measures.clear();
      this.#treatments = [];
    }
    const hash = hashOf(source, start, end);
    let number = this.#identifiers.find(field.id, hash, source, start, end);
    if (number < 0) number = this.#identifiers.add(field.id, hash, source.bytes, start, end);
    if (number < 0) return;
    const measure = this.#measures.add(number, hashOf(source, from, to), source.bytes, from, to);
    if (measure >= 0) this.#treatments[measure] = treatment;
  }
}

// OBX-6 and OBX-7 with what lies between them; nothing where the segment ends before.
const measureStart = (spans: Int32Array, count: number): number =>
  count > UNITS ? (spans[2 * UNITS] as number) : 0;
const measureEnd = (spans: Int32Array, count: number): number =>
  count > UNITS ? (spans[2 * (count > RANGE ? RANGE : UNITS) + 1] as number) : 0;
