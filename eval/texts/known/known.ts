import { existsSync, readFileSync } from 'node:fs';
import type { KnownIdentifier } from '../../../src/detect/detector.ts';
import { readDates } from '../../../src/detect/known/dates.ts';
import { KnownIdentifiers } from '../../../src/detect/known/known-identifiers.ts';
import { textPassage } from '../../../src/detect/patterns.ts';
import { Random } from '../../random.ts';
import { type Goal, percent } from '../../score/table.ts';
import type { Part, PartResult } from '../part.ts';
import { plant } from './carriers.ts';
import { isOrdinary, NAME_VARIANTS, type Variant, withNickname } from './name-variants.ts';
import { DATE_VARIANTS, NUMBER_VARIANTS } from './other-variants.ts';
import { makePeople, type Person } from './people.ts';

const PEOPLE = 150;
const UNRELATED = 600;
const SEED = Number(process.env.KNOWN_SEED ?? 23);
const NOTES = new URL('../../../../shared/corpora/text/mtsamples-dev.json', import.meta.url);

type Kind = 'name' | 'date' | 'number';

/** The identifiers of a person as a survey of their files learns them. */
export function identifiersOf(person: Person): KnownIdentifier[] {
  const { family, given, middle, native, birth, mrn, account, accession, phone, street } = person;
  const groups = native === undefined ? '' : `=${native.family}^${native.given}`;
  return [
    { value: `${family}^${given}^${middle}${groups}`, category: 'A', kind: 'name' },
    { value: birth, category: 'C', kind: 'date' },
    { value: mrn, category: 'H', kind: 'id' },
    { value: account, category: 'J', kind: 'id' },
    { value: accession, category: 'R', kind: 'id' },
    { value: phone, category: 'D', kind: 'phone' },
    { value: `${street}^^Milford^OH^45150`, category: 'B', kind: 'address' },
  ];
}

/** Variants of known identifiers in texts, and clinical notes of other people. */
export const known: Part = { id: 'known', title: 'Known identifiers', measure };

function measure(): PartResult {
  const goals: Goal[] = [];
  const misses: string[] = [];
  for (const [kind, variants] of [
    ['name', NAME_VARIANTS],
    ['date', DATE_VARIANTS],
    ['number', NUMBER_VARIANTS],
  ] as const) {
    let [found, all] = [0, 0];
    for (const variant of variants) {
      const result = tried(kind, variant, misses);
      found += result.found;
      all += result.all;
      goals.push({ what: `${kind}: ${variant.id}`, ...percent(result.found, result.all) });
    }
    goals.push({ what: `${kind}, all ${variants.length} forms`, ...percent(found, all), atLeast: 99.9 });
  }
  return { goals: [...goals, ...unrelated(misses)], misses };
}

/** Each person by themselves, in one form: a hit must touch what was planted. */
function tried(kind: Kind, variant: Variant, misses: string[]): { found: number; all: number } {
  const random = new Random(SEED * 1000 + hash(`${kind} ${variant.id}`));
  let [found, all] = [0, 0];
  for (const drawn of makePeople(random, PEOPLE)) {
    const person = variant.id === 'nickname' ? withNickname(drawn, random) : drawn;
    const value = variant.write(person, random);
    if (value === undefined) continue;
    const needsCue = kind === 'name' && isOrdinary(person.family) && isOrdinary(person.given);
    const planted = plant(value, variant, kind, needsCue && variant.place === undefined, random);
    const set = new KnownIdentifiers();
    for (const identifier of identifiersOf(person)) set.add(identifier);
    const point = (at: number): number => [...planted.text.slice(0, at)].length;
    const [start, end] = [point(planted.start), point(planted.end)];
    const isFound = set
      .freeze()
      .detector()
      .detect(textPassage(planted.text))
      .some((hit) => hit.start < end && start < hit.end);
    all++;
    if (isFound) found++;
    else
      misses.push(
        `${kind}, ${variant.id}: ${JSON.stringify(planted.text)} (${person.family}^${person.given})`,
      );
  }
  return { found, all };
}

/** Notes that are none of the loaded people's: of people drawn as they come, and of those whom no note names. */
function unrelated(misses: string[]): Goal[] {
  const what = `notes flagged with ${UNRELATED} other patients`;
  if (!existsSync(NOTES)) return [{ what, unit: ' %', atMost: 1, note: 'no corpora' }];
  const notes = (JSON.parse(readFileSync(NOTES, 'utf8')) as { text: string }[]).map(({ text }) => text);
  const drawn = makePeople(new Random(SEED * 7919), 2 * UNRELATED);
  const strangers = drawn.filter((person) => !notes.some((note) => names(note, person)));
  return [
    { what, ...flagged(drawn.slice(0, UNRELATED), notes, []) },
    { what: `${what}, named in none`, ...flagged(strangers.slice(0, UNRELATED), notes, misses), atMost: 1 },
  ];
}

/** Whether a note names a doctor or a patient who is called so, or has the very day of birth. */
function names(note: string, { family, given, birth }: Person): boolean {
  const titled = new RegExp(`(?:Dr|Mrs?|Ms)\\.? (?:\\p{Lu}\\S+ )?(?:${family}|${given})(?!\\p{L})`, 'u');
  return titled.test(note) || readDates(note).some(({ days }) => days.includes(Number(birth)));
}

function flagged(people: readonly Person[], notes: readonly string[], misses: string[]) {
  const set = new KnownIdentifiers();
  for (const person of people) for (const identifier of identifiersOf(person)) set.add(identifier);
  const detector = set.freeze().detector();
  let count = 0;
  for (const text of notes) {
    const hits = detector.detect(textPassage(text));
    if (hits.length > 0) count++;
    const points = [...text];
    const part = (from: number, to: number): string =>
      JSON.stringify(points.slice(Math.max(0, from), to).join(''));
    for (const { start, end, rule } of hits)
      misses.push(`flagged, ${rule}: ${part(start - 30, start)} ${part(start, end)} ${part(end, end + 30)}`);
  }
  return percent(count, notes.length);
}

function hash(text: string): number {
  let sum = 0;
  for (const char of text) sum = (Math.imul(sum, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return sum;
}
