import type { KnownKind } from '../../detect/detector.ts';
import type { HipaaCategory } from '../../model/category.ts';
import type { Condition } from '../../project/schema.ts';
import type { Treatment } from './treatments.ts';

/** All that masking decides of a field before it sees a value. */
export interface FieldPlan {
  /** Counts the plans of a process; a place in tables. */
  readonly id: number;
  /** `PID-5`. */
  readonly attribute: string;
  readonly position: number;
  readonly type: string;
  readonly treatment: Treatment;
  /** Nothing is done with it, whatever it holds. */
  readonly isKept: boolean;
  readonly required: boolean;
  /** The value stands in for one that is required and was taken away. */
  readonly surrogate: string;
  readonly category?: HipaaCategory;
  readonly known?: KnownKind;
  /** OBX-5, which OBX-2 and OBX-3 decide over, unless project.yaml has a rule for it. */
  readonly observed: boolean;
  /** Codes and text, which a short word cannot betray anything in. */
  readonly harmless: boolean;
  /** Its text goes on from one segment to the next. */
  readonly runs: boolean;
  /** A rule of project.yaml that puts the field there where the message lacks it. */
  readonly add?: { readonly value: string; readonly component: number; readonly when?: Condition };
}

/** Fields whose texts go on from one segment to the next. */
const RUNNING: Readonly<Record<string, number>> = { OBX: 5, NTE: 3, DSP: 3 };
const HEADERS: ReadonlySet<string> = new Set(['MSH', 'BHS', 'FHS']);

let plansMade = 0;

/** What is done with the segments of a name in messages of a version. Fields are compiled when they are first met. */
export class SegmentPlan {
  /** Counts the plans of a process; a place in tables. */
  readonly id = plansMade++;
  readonly name: string;
  /** The version of the message has no such segment, and no rule opens it. */
  readonly unknown: boolean;
  /** Positions of fields that rules of project.yaml add. */
  readonly added: readonly number[];
  /** Position of the field whose text goes on in the next segment; 0 where there is none. */
  readonly running: number;
  /** Position of the field after the first separator: in a header that is the second one. */
  readonly firstField: number;
  readonly #fields: FieldPlan[] = [];
  readonly #compile: (position: number) => FieldPlan;

  constructor(
    name: string,
    { unknown, added }: { readonly unknown: boolean; readonly added: readonly number[] },
    compile: (position: number) => FieldPlan,
  ) {
    this.name = name;
    this.unknown = unknown;
    this.added = added;
    this.running = runningField(name);
    this.firstField = HEADERS.has(name) ? 2 : 1;
    this.#compile = compile;
  }

  field(position: number): FieldPlan {
    let plan = this.#fields[position];
    if (plan === undefined) {
      plan = this.#compile(position);
      this.#fields[position] = plan;
    }
    return plan;
  }
}

/** Position of the field whose text goes on in the next segment of the name; 0 where there is none. */
export function runningField(segment: string): number {
  return RUNNING[segment] ?? 0;
}
