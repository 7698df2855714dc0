import { readFrames, readLists, readWords, type Section } from './lists.ts';
import type { NameSource } from './names.ts';
import { numberSlot } from './numbers.ts';
import { type Passage, type Slot, type Slots, template } from './template.ts';

const BIRTH_LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWYZ'];

/** Slots that follow the person of the passage: `{he}`, `{his}`, `{mr}` and so on. */
const PERSON: Readonly<Record<string, readonly [string, string]>> = {
  he: ['he', 'she'],
  He: ['He', 'She'],
  him: ['him', 'her'],
  his: ['his', 'her'],
  His: ['His', 'Her'],
  man: ['man', 'woman'],
  male: ['male', 'female'],
  gentleman: ['gentleman', 'lady'],
  sex: ['M', 'F'],
  Mr: ['Mr.', 'Mrs.'],
  spouse: ['wife', 'husband'],
  son: ['son', 'daughter'],
};

function nameSlots(names: NameSource): [string, Slot][] {
  const slot = (write: (passage: Passage) => string): Slot => ({ fill: write });
  return [
    ['given', slot(({ random }) => names.given(random))],
    ['family', slot(({ random }) => names.family(random))],
    ['nick', slot(({ random }) => names.nickname(random))],
    ['init', slot(({ random }) => random.pick(BIRTH_LETTERS))],
  ];
}

/** Slots of any word of the lists that the tagger knows words by, capitalised and in small letters. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  eponym: ['eponyms', 'lone-eponyms', 'staged-eponyms'],
  drug: ['drugs', 'products'],
  brand: ['brands', 'makers'],
  organism: ['organisms'],
  term: ['clinical', 'instruments', 'imaging-terms'],
};

function wordSlots(): [string, Slot][] {
  return Object.entries(WORDS).flatMap(([kind, lists]): [string, Slot][] => {
    const words = lists.flatMap((list) => readWords(list)).filter((word) => /^\p{L}/u.test(word));
    return [
      [`${kind[0]?.toUpperCase()}${kind.slice(1)}`, { fill: ({ random }) => capital(random.pick(words)) }],
      [`${kind}-low`, { fill: ({ random }) => random.pick(words) }],
    ];
  });
}

const capital = (word: string): string => `${word[0]?.toUpperCase()}${word.slice(1)}`;

function sectionSlot({ label, frames }: Section): Slot {
  return { ...(label === undefined ? {} : { label }), fill: ({ random }) => template(random.pick(frames)) };
}

/**
 * The slots that files of lists and frames make: each list a slot of its entries, each section a slot of its frames.
 * A later file that names a list or section again replaces it. Slots of characters (numbers.ts) need no entry.
 */
export function slotsFrom(files: readonly string[], lists: readonly string[], names: NameSource): Slots {
  const slots = new Map<string, Slot>([...nameSlots(names), ...wordSlots()]);
  for (const [word, [he, she]] of Object.entries(PERSON)) {
    slots.set(word, { fill: ({ isFemale }) => (isFemale ? she : he) });
  }
  for (const file of lists) {
    for (const [name, entries] of readLists(file))
      slots.set(name, { fill: ({ random }) => random.pick(entries) });
  }
  for (const file of files) {
    for (const [name, section] of readFrames(file)) slots.set(name, sectionSlot(section));
  }
  return new WithNumbers(slots);
}

/** Makes the slots of characters as frames ask for them. */
class WithNumbers extends Map<string, Slot> {
  override get(name: string): Slot | undefined {
    const found = super.get(name);
    if (found !== undefined) return found;
    const write = numberSlot(name);
    if (write === undefined) return undefined;
    const slot: Slot = { fill: ({ random }) => write(random) };
    this.set(name, slot);
    return slot;
  }
}
