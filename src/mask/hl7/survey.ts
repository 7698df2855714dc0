import { isDummyId } from '../../crosswalk/patient-key.ts';
import type { KnownIdentifier, KnownKind } from '../../detect/detector.ts';
import type { Concept } from '../../hl7/concepts.ts';
import { decodeText } from '../../hl7/escapes.ts';
import { fieldSpans, type Message, type Segment, splitLevel } from '../../hl7/message.ts';
import type { HipaaCategory } from '../../model/category.ts';
import type { Project } from '../../project/schema.ts';
import type { Survey } from '../masking.ts';
import { observationOf } from './observations.ts';
import { policyOf } from './policy.ts';
import { hl7Rules, type IdentifierKind } from './rules.ts';
import type { FieldPlan } from './segment-plan.ts';
import { subjectsOf } from './subjects.ts';

const UID = /^[0-2](?:\.(?:0|[1-9]\d*))+$/;
const FULL_DATE = /^\d{8}/;
const EMPTY = '""';

/** Kinds of numbers that tell nothing about a person: they are not looked for. */
const IMPERSONAL: ReadonlySet<IdentifierKind> = new Set(['organization', 'device', 'specimen', 'message']);
const CATEGORY_OF_KIND: Readonly<Partial<Record<IdentifierKind, HipaaCategory>>> = {
  patient: 'H',
  account: 'J',
};

/**
 * The first look at a message: which keys name one patient, and which identifiers are to be found nowhere in the release,
 * decoded as they stand.
 */
export function surveyMessage(message: Message, project: Project): Survey {
  const collector = new Collector(message, project);
  for (const segment of message.segments) collector.collect(segment);
  return {
    patients: subjectsOf(message)
      .subjects.map(({ keys }) => keys)
      .filter((keys) => keys.length > 0),
    known: collector.known,
    studyTimes: new Map(),
  };
}

class Collector {
  readonly known: KnownIdentifier[] = [];
  readonly #seen = new Set<string>();
  readonly #message: Message;
  readonly #project: Project;

  constructor(message: Message, project: Project) {
    this.#message = message;
    this.#project = project;
  }

  collect(segment: Segment): void {
    if (segment.name === '') return;
    const plan = policyOf(this.#project).segment(this.#message.version, segment.name);
    const spans = fieldSpans(this.#message, segment);
    for (let at = 2; at < spans.length; at += 2) {
      const [start, end] = [spans[at] ?? 0, spans[at + 1] ?? 0];
      if (start === end) continue;
      const field = plan.field(at / 2);
      const observed = field.observed ? observationOf(this.#message, spans) : undefined;
      const type = observed?.type ?? field.type;
      const concept = observed?.concept?.own.has(type) ? undefined : observed?.concept;
      if ((concept?.kind ?? field.known) === undefined && !COLLECTED.has(type)) continue;
      const repetitions = splitLevel(this.#message, start, end, 'repetition');
      for (let rep = 0; rep < repetitions.length; rep += 2) {
        const [from, to] = [repetitions[rep] ?? 0, repetitions[rep + 1] ?? 0];
        if (concept?.kind !== undefined) this.#collectObserved(concept, concept.kind, type, from, to);
        else this.#collectValue(type, field.known, field, from, to);
      }
    }
  }

  /** A value that OBX-3 says to be somebody's: the first text that looks like one; a name may come in components. */
  #collectObserved(concept: Concept, kind: KnownKind, type: string, start: number, end: number): void {
    const all = this.#partsOf(start, end).map(([first = '']) => first);
    // CE and its kin: a code, its text, its system.
    const texts = (CODED.has(type) ? [all[1] || (all[0] ?? '')] : all).filter((one) =>
      concept.value.test(one),
    );
    const value = kind === 'name' ? texts.join('^') : texts[0];
    if (concept.name === 'city' && this.#project.geography === 'city') return;
    if (value !== undefined) this.#add(value, concept.category, kind);
  }

  #collectValue(
    type: string,
    known: KnownKind | undefined,
    field: FieldPlan,
    start: number,
    end: number,
  ): void {
    const parts = this.#partsOf(start, end);
    if (known === 'name') {
      this.#name(parts, isPersonWithId(type) ? 2 : 1);
      return;
    }
    switch (type) {
      case 'XPN':
      case 'PN':
        this.#name(parts, 1);
        break;
      case 'XCN':
      case 'CN':
      case 'CNN':
      case 'CN_PERSON':
      case 'PPN':
        this.#person(parts);
        break;
      case 'NDL':
      case 'CM_NDL':
        this.#person((parts[0] ?? []).map((text) => [text]));
        break;
      case 'XAD':
      case 'AD':
        this.#address(parts);
        break;
      case 'XTN':
      case 'TN':
        this.#telecom(parts);
        break;
      case 'CX':
      case 'CK':
      case 'CM_PAT_ID':
      case 'CM_PAT_ID_0192':
        this.#identifier(parts, field);
        break;
      case 'DLN':
      case 'CM_LICENSE_NO':
        this.#add(text(parts, 1), 'K', 'id');
        break;
      case 'RP':
        this.#add(text(parts, 1), 'N', 'url');
        break;
      default:
        this.#add(text(parts, 1), known === 'date' ? 'C' : (field.category ?? 'R'), known ?? 'id');
        break;
    }
  }

  /** Family, given and second name; where the family name has parts (FN), each of the two family names. */
  #name(parts: readonly (readonly string[])[], first: number): void {
    const given = [text(parts, first + 1), text(parts, first + 2)];
    const family = parts[first - 1] ?? [];
    const families = [family[0] ?? '', family[2] ?? '', family[4] ?? ''].filter((name) => name !== '');
    for (const name of new Set(families.length === 0 ? [''] : families)) {
      this.#add([name, ...given].join('^').replace(/\^+$/, ''), 'A', 'name');
    }
  }

  #person(parts: readonly (readonly string[])[]): void {
    this.#name(parts, 2);
    const id = text(parts, 1);
    // Some systems put the name where the number belongs.
    if (/\d/.test(id)) this.#add(id, 'R', 'id');
    else if (/\p{L}{2}/u.test(id)) this.#add(id, 'A', 'name');
  }

  #address(parts: readonly (readonly string[])[]): void {
    const street = (parts[0] ?? []).filter((piece) => piece !== '').join(' ');
    this.#add(street, 'B', 'address');
    if (/\d/.test(text(parts, 2))) this.#add(text(parts, 2), 'B', 'address');
    if (this.#project.geography !== 'city') this.#add(text(parts, 3), 'B', 'address');
    const zip = text(parts, 5);
    if (this.#project.zip !== 'keep' && zip.replace(/\D/g, '').length === 9) this.#add(zip, 'B', 'address');
  }

  #telecom(parts: readonly (readonly string[])[]): void {
    const isFax = text(parts, 3) === 'FX';
    for (const number of [text(parts, 1), text(parts, 12)]) {
      if (/\d{3}/.test(number)) this.#add(number, isFax ? 'E' : 'D', 'phone');
    }
    const assembled = text(parts, 6) + text(parts, 7);
    if (assembled.length >= 7) this.#add(assembled, isFax ? 'E' : 'D', 'phone');
    for (const address of [text(parts, 1), text(parts, 4)])
      if (address.includes('@')) this.#add(address, 'F', 'email');
  }

  #identifier(parts: readonly (readonly string[])[], field: FieldPlan): void {
    const code = text(parts, 5);
    const kind = hl7Rules().identifierKind(code) ?? 'other';
    if (IMPERSONAL.has(kind) && field.known === undefined) return;
    const category = /^SSN?$/.test(code) ? 'G' : (CATEGORY_OF_KIND[kind] ?? field.category ?? 'R');
    this.#add(text(parts, 1), category, 'id');
  }

  #add(value: string, category: HipaaCategory, kind: KnownKind): void {
    const trimmed = value.trim();
    if (trimmed === '' || trimmed === EMPTY || isDummyId(trimmed)) return;
    if (kind === 'date' && (this.#project.dates === 'keep' || !FULL_DATE.test(trimmed))) return;
    if (kind === 'uid' && (this.#project.uids === 'keep' || !UID.test(trimmed))) return;
    const key = `${kind}\0${category}\0${trimmed}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.known.push({ value: kind === 'date' ? trimmed.slice(0, 8) : trimmed, category, kind });
  }

  #partsOf(start: number, end: number): string[][] {
    const components = splitLevel(this.#message, start, end, 'component');
    const parts: string[][] = [];
    for (let at = 0; at < components.length; at += 2) {
      const pieces = splitLevel(this.#message, components[at] ?? 0, components[at + 1] ?? 0, 'subcomponent');
      const texts: string[] = [];
      for (let piece = 0; piece < pieces.length; piece += 2) {
        const decoded = decodeText(this.#message, pieces[piece] ?? 0, pieces[piece + 1] ?? 0).trim();
        texts.push(decoded === EMPTY ? '' : decoded);
      }
      parts.push(texts);
    }
    return parts;
  }
}

const CODED: ReadonlySet<string> = new Set(['CE', 'CWE', 'CNE', 'CF']);

const COLLECTED = new Set(
  'XPN PN XCN CN CNN CN_PERSON PPN NDL CM_NDL XAD AD XTN TN CX CK CM_PAT_ID CM_PAT_ID_0192 DLN CM_LICENSE_NO RP'.split(
    ' ',
  ),
);

function isPersonWithId(type: string): boolean {
  return type === 'XCN' || type === 'CN' || type === 'CNN' || type === 'PPN';
}

function text(parts: readonly (readonly string[])[], position: number): string {
  return parts[position - 1]?.[0] ?? '';
}
