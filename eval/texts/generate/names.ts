import type { Random } from '../../random.ts';
import { listOf, readLists, readWords } from './lists.ts';
import { invented } from './syllables.ts';

/** Where the names of one kind of passage come from; training and stress have none in common. */
export interface NameSource {
  given(random: Random): string;
  family(random: Random): string;
  nickname(random: Random): string;
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Names as long lists rank them: the first half of the time among the first tenth. */
const ranked = (list: readonly string[], random: Random): string => {
  const index = Math.floor(random.next() ** 2.2 * list.length);
  return list[index] ?? '';
};

const MAC = /^(Mc|O)([a-z])([a-z]{2,})$/;

/** `mcdonald` as it is mostly written: McDonald; the list has lost its capitals and apostrophes. */
const restored = (word: string, random: Random): string => {
  const name = capitalised(word);
  const mac = /^Mc[a-z]{3,}$/.test(name) ? MAC.exec(name) : null;
  if (mac === null || !random.chance(0.85)) return name;
  return `${mac[1]}${mac[2]?.toUpperCase()}${mac[3]}`;
};

/** What the stress set may use is left out of training, and the other way round. */
export function stressNames(): NameSource {
  const lists = readLists('stress-names.txt');
  const given = listOf(lists, 'given');
  const family = listOf(lists, 'family');
  const nickname = listOf(lists, 'nickname');
  return {
    given: (random) => random.pick(given),
    family: (random) => random.pick(family),
    nickname: (random) => random.pick(nickname),
  };
}

/** Names of the training text: US lists, cultures of the world, and surnames that nobody bears. */
export function trainingNames(): NameSource {
  const stress = readLists('stress-names.txt');
  const kept = new Set(
    [...listOf(stress, 'given'), ...listOf(stress, 'family'), ...listOf(stress, 'nickname')].map((name) =>
      name.toLowerCase(),
    ),
  );
  const own = (list: readonly string[]) => list.filter((name) => !kept.has(name.toLowerCase()));
  const givenByCulture = [...readLists('given-names.txt')].map(([name, list]) => [name, own(list)] as const);
  const givenLists = new Map(givenByCulture);
  const familyLists = new Map([...readLists('family-names.txt')].map(([name, list]) => [name, own(list)]));
  const cultures = [...familyLists.keys()];
  const nicknames = listOf(givenLists, 'nickname');
  const firstNames = own(readWords('first-names'));
  const surnames = own(readWords('surnames'));
  return {
    given(random) {
      const source = random.next();
      if (source < 0.42) return capitalised(ranked(firstNames, random));
      if (source < 0.95) return random.pick(listOf(givenLists, random.pick(cultures)));
      return invented(random, 'given');
    },
    family(random) {
      const source = random.next();
      if (source < 0.34) return restored(ranked(surnames, random), random);
      if (source < 0.78) return random.pick(listOf(familyLists, random.pick(cultures)));
      return invented(random, 'family');
    },
    nickname: (random) => random.pick(nicknames),
  };
}
