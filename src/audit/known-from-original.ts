import type { KnownIdentifier, KnownKind } from '../detect/detector.ts';
import { identifyingConcept } from '../dicom/content-concepts.ts';
import { isPrivate } from '../dicom/tag.ts';
import { conceptOf } from '../hl7/concepts.ts';
import type { HipaaCategory } from '../model/category.ts';
import { decodeText } from './dicom/decode.ts';
import { isStandardUid, typedByAttribute } from './dicom/identifiers.ts';
import { readingVr } from './dicom/passages.ts';
import { prefixOf, scopesOf } from './dicom/scopes.ts';
import type { SecondReading } from './dicom/second-reader.ts';
import { unescaped } from './hl7/escapes.ts';
import { FieldJudge, observationOf, textAt } from './hl7/identifiers.ts';
import type { Hl7SecondReading, SecondMessage, SecondSegment } from './hl7/second-reader.ts';

/** Dates that belong to the person for life: Patient's Birth Date, and birth and death in another calendar. */
const LIFE_DATES = new Set([0x00100030, 0x00100033, 0x00100034]);
/** VRs of one value, in which a backslash is text (PS3.5 6.2). */
const SINGLE = new Set(['LT', 'ST', 'UR', 'UT']);
/** Text Value of a TEXT content item: its concept says what it is (PS3.3 C.17.3). */
const TEXT_VALUE = 0x0040a160;
const LONGEST = 4096;

/** What kind of value a category is matched as. */
const KINDS: Readonly<Partial<Record<HipaaCategory, KnownKind>>> = {
  A: 'name',
  B: 'address',
  C: 'date',
  D: 'phone',
  E: 'phone',
  F: 'email',
  N: 'url',
  O: 'other',
};

/**
 * The identifiers of an original as dicom-parser sees it: names, ids, numbers of orders and devices, birth and death
 * dates, instance UIDs, telephones, addresses. Dummies are passed on as they are; detection leaves them out.
 */
export function knownOfDicomOriginal(reading: SecondReading): KnownIdentifier[] {
  const scopeOf = scopesOf(reading.elements);
  const known: KnownIdentifier[] = [];
  for (const element of reading.elements) {
    if ((element.items ?? 0) > 0 || element.fragments !== undefined) continue;
    if (element.length === 0 || element.length > LONGEST) continue;
    const { terms, concept } = scopeOf(prefixOf(element.path));
    const identifying = element.tag === TEXT_VALUE && concept ? identifyingConcept(concept) : undefined;
    if (identifying !== undefined) {
      add(known, decodeText(element.value(), terms).text, identifying.category, identifying.kind);
      continue;
    }
    const vr = readingVr(element);
    const category = typedByAttribute(element.tag, vr);
    if (category === undefined || (isPrivate(element.tag) && vr === 'AE')) continue;
    if (category === 'C' && !LIFE_DATES.has(element.tag)) continue;
    const text = decodeText(element.value(), terms).text;
    for (const value of SINGLE.has(vr) ? [text] : text.split('\\')) {
      add(
        known,
        vr === 'UI' ? value.replace(/[^\d.]/g, '') : value,
        category,
        vr === 'UI' ? 'uid' : undefined,
      );
    }
  }
  return known;
}

/** Birth and death of the patient, of relatives and of the insured. */
const LIFE_FIELDS = new Set(['PID-7', 'PID-29', 'NK1-16', 'GT1-8', 'IN1-18', 'IN2-43']);
/** Name components (family, given, middle) by data type: first and last position. */
const NAMES: Readonly<Record<string, readonly [first: number, last: number]>> = {
  PN: [1, 3],
  XPN: [1, 3],
  CN: [2, 4],
  CNN: [2, 4],
  XCN: [2, 4],
  PPN: [2, 4],
};
const ADDRESSES = new Set(['AD', 'XAD']);
/** Rooms, beds and wards are called alike everywhere: they count in places for addresses, or after a cue. */
const LOCATIONS = new Set(['PL', 'LA1', 'LA2', 'CM_LA1', 'CM_INTERNAL_LOCATION']);
/** Where a location ends and its address begins. */
const LAST_LOCATION = 8;

/** The identifiers of original messages as hl7-standard sees them; names and addresses with their components joined. */
export function knownOfHl7Original(reading: Hl7SecondReading): KnownIdentifier[] {
  const known: KnownIdentifier[] = [];
  for (const message of reading.messages) {
    const header = message.segments.find(({ name }) => name === 'MSH');
    const version = header === undefined ? '' : (/\d+(?:\.\d+)+/.exec(textAt(header, 12))?.[0] ?? '');
    const judge = new FieldJudge(version);
    for (const segment of message.segments) learnSegment(known, message, segment, judge);
  }
  return known;
}

function learnSegment(
  known: KnownIdentifier[],
  message: SecondMessage,
  segment: SecondSegment,
  judge: FieldJudge,
): void {
  segment.fields.forEach((repetitions, index) => {
    const field = index + 1;
    const type = judge.typeOf(segment, field);
    for (const components of repetitions) {
      const plain = components.map((subs) => subs.map((raw) => unescaped(raw, message.delimiters).trim()));
      const name = NAMES[type];
      if (name !== undefined) add(known, joined(plain, name[0], name[1]), 'A', 'name');
      if (ADDRESSES.has(type)) add(known, joined(plain, 1, 5), 'B', 'address');
      else learnParts(known, segment, plain, field, judge, name !== undefined);
    }
  });
}

/** Ids, telephones and dates: each typed subcomponent for itself; the parts of names are taken as a whole above. */
function learnParts(
  known: KnownIdentifier[],
  segment: SecondSegment,
  components: readonly (readonly string[])[],
  field: number,
  judge: FieldJudge,
  isName: boolean,
): void {
  const type = judge.typeOf(segment, field);
  const isObserved = segment.name === 'OBX' && field === 5 && conceptOf(observationOf(segment)) !== undefined;
  components.forEach((subcomponents, index) => {
    subcomponents.forEach((value, sub) => {
      const { typed } = judge.judge(segment, components, {
        field,
        component: index + 1,
        subcomponent: sub + 1,
      });
      if (typed === undefined || (isName && typed === 'A')) return;
      if (isObserved && observedKind(segment) === undefined) return;
      if (typed === 'C' && !isObserved && !LIFE_FIELDS.has(`${segment.name}-${field}`)) return;
      // A ZIP code is everybody's who lives there.
      const isPlace = LOCATIONS.has(type) && index < LAST_LOCATION;
      if (typed === 'B' && !isPlace && /^\d{1,5}$/.test(value)) return;
      const uid = (typed === 'R' || typed === 'B') && value.length >= 7 && /^[0-2](\.\d+){2,}$/.test(value);
      add(known, value, typed, uid ? 'uid' : typed === 'B' ? (isPlace ? 'address' : 'other') : undefined);
    });
  });
}

/** What OBX-5 is looked for as, by what OBX-3 says of it; ages, years and insurers are not looked for. */
function observedKind(segment: SecondSegment): KnownKind | undefined {
  return conceptOf(observationOf(segment))?.kind;
}

/** First subcomponents of a run of components, by `^`, without empty ones at the end. */
function joined(components: readonly (readonly string[])[], first: number, last: number): string {
  return components
    .slice(first - 1, last)
    .map((subs) => subs[0] ?? '')
    .map((value) => (value === '""' ? '' : value))
    .join('^')
    .replace(/\^+$/, '');
}

function add(
  known: KnownIdentifier[],
  raw: string,
  category: HipaaCategory,
  kind: KnownKind | undefined,
): void {
  const value = raw.replace(/\0/g, '').trim();
  if (value === '' || value === '""' || /^[\^=]*$/.test(value)) return;
  if (kind === 'uid' && isStandardUid(value)) return;
  const isEmail = category === 'D' && /^[^\s@]+@[^\s@]+$/.test(value);
  known.push({
    value,
    category: isEmail ? 'F' : category,
    kind: kind ?? (isEmail ? 'email' : (KINDS[category] ?? 'id')),
  });
}
