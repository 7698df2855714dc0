import { typeTable } from '../hl7/field-types.ts';
import type { Action } from '../model/action.ts';
import type { Hit } from '../model/finding.ts';
import type { Passage, PassageHints } from '../model/passage.ts';
import { type DicomStep, type Hl7At, parseDicomAt, parseHl7At } from '../project/at.ts';
import type { Project } from '../project/schema.ts';

/** Detectors that go by shape or place; what they say of a value that the project itself made is no news. */
const BY_SHAPE = new Set(['patterns', 'typed-field', 'names', 'issued-uids']);
const ADDRESS_TYPES = new Set(['XAD', 'AD', 'SAD', 'LA2']);
const CITY = /-\d+(?:\[\d+\])?\.3(?:\.|$)/;
const ZIP_COMPONENT = /-\d+(?:\[\d+\])?\.5(?:\.|$)/;
const STREET = /^\W*\d+\w?\s+\p{L}/u;
const ZIP = /^\d{5}(?:-?\d{4})?$/;

interface Decided {
  readonly dicom: readonly DicomStep[] | undefined;
  readonly hl7: Hl7At | undefined;
  readonly action: Action;
}

/**
 * What the project lets stand, so that the audit does not call its decisions leaks. They bar claims instead (claim.ts), and
 * the report lists them. A rule that keeps a place takes it out of the search; one that puts a value there answers for the
 * value's shape, but a known identifier in it is a leak all the same.
 */
export class Acceptance {
  readonly #project: Project;
  readonly #decided: readonly Decided[];

  constructor(project: Project) {
    this.#project = project;
    this.#decided = [
      ...project.rules.dicom.map(({ at, action }) => ({
        dicom: parseDicomAt(at),
        hl7: undefined,
        action: action as Action,
      })),
      ...project.rules.hl7.map(({ at, action }) => ({
        dicom: undefined,
        hl7: parseHl7At(at),
        action: action as Action,
      })),
    ];
  }

  /** Whether a hit in a passage is what the project decided to let stand. */
  accepts(passage: Passage, hit: Hit): boolean {
    return this.#bySettings(passage, hit) || this.#byRule(passage, hit);
  }

  /** Whether a hit in raw bytes is. No place is known there: a city and ZIP that stay are told from a street by its number. */
  acceptsBytes(hit: Hit, value: string): boolean {
    const { uids, geography } = this.#project;
    if (hit.rule === 'known.uid') return uids === 'keep';
    return geography === 'city' && hit.rule === 'known.address' && !STREET.test(value);
  }

  #bySettings({ text, locus, hints }: Passage, hit: Hit): boolean {
    const { uids, ages, geography, zip } = this.#project;
    if (uids === 'keep' && (hit.rule === 'known.uid' || hit.detector === 'issued-uids')) return true;
    if (ages === 'keep' && hit.category === 'C' && (hit.rule.startsWith('age.') || isAgePlace(hints)))
      return true;
    if (hit.category !== 'B' || !isAddress(hints)) return false;
    if (geography === 'city' && CITY.test(locus)) return true;
    return zip === 'keep' && ZIP_COMPONENT.test(locus) && ZIP.test(text.trim());
  }

  #byRule(passage: Passage, hit: Hit): boolean {
    const action = this.#decided.findLast((rule) => isAt(rule, passage))?.action;
    if (action === undefined) return false;
    switch (action.do) {
      case 'keep':
        return true;
      case 'replace':
      case 'add':
      case 'random':
      case 'regex':
        return BY_SHAPE.has(hit.detector);
      case 'shift-date':
        return BY_SHAPE.has(hit.detector) && hit.category === 'C';
      default:
        return false;
    }
  }
}

const isAgePlace = ({ vr, keyword, label }: PassageHints): boolean =>
  vr === 'AS' || /\bage\b|Age$/.test(`${keyword ?? ''} ${label ?? ''}`);

function isAddress({ field }: PassageHints): boolean {
  const [segment = '', position = ''] = (field ?? '').split('-');
  const type = typeTable('').fields(segment)?.[Number(position) - 1]?.type ?? '';
  return type.split('|').some((one) => ADDRESS_TYPES.has(one));
}

function isAt({ dicom, hl7 }: Decided, { locus, hints }: Passage): boolean {
  if (dicom !== undefined && hints.format === 'dicom') {
    const step = dicom[dicom.length - 1];
    return step !== undefined && isElement(step, hints, locus);
  }
  if (hl7 === undefined || hints.format !== 'hl7') return false;
  const [segment = '', position = ''] = (hints.field ?? '').split('-');
  if (hl7.kind === 'type') {
    const type = typeTable('').fields(segment)?.[Number(position) - 1]?.type ?? '';
    return hints.dataType === hl7.dataType || type.split('|').includes(hl7.dataType);
  }
  if (hl7.segment !== segment || (hl7.field !== '*' && String(hl7.field) !== position)) return false;
  return (
    hl7.component === undefined || new RegExp(`-\\d+(?:\\[\\d+\\])?\\.${hl7.component}(?:\\.|$)`).test(locus)
  );
}

function isElement(step: DicomStep, { tag = '', keyword = '' }: PassageHints, locus: string): boolean {
  switch (step.kind) {
    case 'keyword':
      return new RegExp(`^${step.pattern.split('*').join('[A-Za-z0-9]*')}$`).test(keyword);
    case 'tag':
      return (
        tag.length === step.pattern.length &&
        [...step.pattern].every((digit, i) => digit === 'X' || digit === tag[i])
      );
    case 'private':
      return (
        keyword === step.creator && tag.startsWith(step.group) && tag.endsWith(step.element) && locus !== ''
      );
  }
}
