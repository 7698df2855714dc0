import type { Need } from '../../crosswalk/codes.ts';

const FEW = 24;
const MOST_KNOWN = 50_000;

/** A need of something remembered: one object for equal needs, so that it is asked for once a message. */
export interface KnownNeed {
  readonly need: Need;
  /** The last plan that asked for it. */
  lastAsker: number;
}

/** The needs of all that is remembered, each once. */
export class KnownNeeds {
  readonly #needs = new Map<string, KnownNeed>();

  of(needs: readonly Need[]): KnownNeed[] {
    return needs.map((need) => {
      const key = keyOf(need);
      let known = this.#needs.get(key);
      if (known === undefined) {
        known = { need, lastAsker: 0 };
        if (this.#needs.size >= MOST_KNOWN) this.#needs.clear(); // a need met again is another object then
        this.#needs.set(key, known);
      }
      return known;
    });
  }
}

/** What a message asks codes for, each need once, in the order in which they were met. */
export class NeedList {
  readonly all: Need[] = [];
  #keys: Set<string> | undefined;

  add(need: Need): void {
    // Most messages ask for a dozen codes: comparing them costs less than making a key of each.
    if (this.all.length < FEW) {
      for (let i = 0; i < this.all.length; i++) if (isSame(this.all[i] as Need, need)) return;
    } else {
      this.#keys ??= new Set(this.all.map(keyOf));
      const key = keyOf(need);
      if (this.#keys.has(key)) return;
      this.#keys.add(key);
    }
    this.all.push(need);
  }
}

/** In one message a patient has one study, so that it need not be compared. */
function isSame(one: Need, other: Need): boolean {
  if (one === other) return true;
  if (one.kind === 'code')
    return other.kind === 'code' && one.value === other.value && one.domain === other.domain;
  if (one.kind === 'uid') return other.kind === 'uid' && one.uid === other.uid;
  if (other.kind !== 'patient') return false;
  return one.patient.id === other.patient.id && one.patient.issuer === other.patient.issuer;
}

function keyOf(need: Need): string {
  if (need.kind === 'patient') return `patient\0${need.patient.id}\0${need.patient.issuer}`;
  return need.kind === 'uid' ? `uid\0${need.uid}` : `code\0${need.domain}\0${need.value}`;
}
