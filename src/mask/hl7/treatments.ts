import type { Condition } from '../../project/schema.ts';
import type { Hl7Action } from './rules.ts';

/** What is to be done with a field, component or subcomponent. */
export type Treatment = Leaf | Composite | Choice;

/** One action on every text in the span. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly action: Hl7Action;
  /** A rule of project.yaml: even a value that is too short to tell anything is looked at. */
  readonly thorough?: boolean;
  /** The action is for texts of this form; others are cleaned. */
  readonly only?: RegExp;
}

/** A treatment for each part. */
export interface Composite {
  readonly kind: 'composite';
  /** By position, from 1 on. */
  readonly parts: readonly (Treatment | undefined)[];
  readonly rest: Treatment;
  /** Position of the identifier type code, 0 where there is none. */
  readonly kindAt: number;
}

/** A rule of project.yaml that holds under a condition. */
export interface Choice {
  readonly kind: 'choice';
  readonly when: Condition;
  readonly chosen: Treatment;
  readonly otherwise: Treatment;
}

/** Whether a value without parts would only be cleaned. */
export function isCleaned(treatment: Treatment): boolean {
  if (treatment.kind === 'choice') return false;
  if (treatment.kind === 'composite') return isCleaned(treatment.parts[1] ?? treatment.rest);
  const { do: name } = treatment.action;
  return !treatment.thorough && (name === 'clean' || name === 'number' || name === 'code');
}

/** `treatment` with another one for one of its parts; the parts of a leaf all share its action. */
export function withPart(treatment: Treatment, position: number, part: Treatment): Treatment {
  if (treatment.kind === 'choice') {
    return {
      ...treatment,
      chosen: withPart(treatment.chosen, position, part),
      otherwise: withPart(treatment.otherwise, position, part),
    };
  }
  const base: Composite =
    treatment.kind === 'composite' ? treatment : { kind: 'composite', parts: [], rest: treatment, kindAt: 0 };
  const parts = [...base.parts];
  parts[position] = part;
  return { ...base, parts };
}
