import type { Need } from '../../crosswalk/codes.ts';

const FEW = 24;

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
