import { existsSync, readFileSync } from 'node:fs';
import type { KnownIdentifier } from '../../../src/detect/detector.ts';
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
const SEED = Number(process.env.KNOWN_SEED ?? 1);
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

/** Notes that are none of the loaded people's. */
function unrelated(misses: string[]): Goal[] {
  const what = `notes flagged with ${UNRELATED} unrelated patients`;
  if (!existsSync(NOTES)) return [{ what, unit: ' %', atMost: 1, note: 'no corpora' }];
  const set = new KnownIdentifiers();
  for (const person of makePeople(new Random(SEED * 7919), UNRELATED))
    for (const identifier of identifiersOf(person)) set.add(identifier);
  const detector = set.freeze().detector();
  const notes = JSON.parse(readFileSync(NOTES, 'utf8')) as { text: string }[];
  let flagged = 0;
  for (const { text } of notes) {
    const hits = detector.detect(textPassage(text));
    if (hits.length === 0) continue;
    flagged++;
    const points = [...text];
    for (const { start, end, rule } of hits)
      misses.push(
        `flagged, ${rule}: ${JSON.stringify(points.slice(start - 30, start).join(''))} «${points.slice(start, end).join('')}» ${JSON.stringify(points.slice(end, end + 30).join(''))}`,
      );
  }
  return [{ what, ...percent(flagged, notes.length), atMost: 1 }];
}

function hash(text: string): number {
  let sum = 0;
  for (const char of text) sum = (Math.imul(sum, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return sum;
}
