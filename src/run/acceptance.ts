import { lookup } from '../dicom/dictionary.ts';
import { isPrivate, parseTag, type Tag, tagId } from '../dicom/tag.ts';
import { typeTable } from '../hl7/field-types.ts';
import type { Action } from '../model/action.ts';
import type { Hit } from '../model/finding.ts';
import type { Passage, PassageHints } from '../model/passage.ts';
import { type DicomStep, type Hl7At, parseDicomAt, parseHl7At } from '../project/at.ts';
import { ruleLabel } from '../project/rule-label.ts';
import type { Project } from '../project/schema.ts';

/** Detectors that go by shape or place; what they say of a value that the project itself made is no news. */
const BY_SHAPE = new Set(['patterns', 'language', 'typed-field', 'names', 'issued-uids']);
const ADDRESS_TYPES = new Set(['XAD', 'AD', 'SAD', 'LA2']);
const CITY = /-\d+(?:\[\d+\])?\.3(?:\.|$)/;
const ZIP_COMPONENT = /-\d+(?:\[\d+\])?\.5(?:\.|$)/;
const STREET = /^\W*\d+\w?\s+\p{L}/u;
const ZIP = /^\d{5}(?:-?\d{4})?$/;

/** Why the audit lets a hit stand. */
export interface Accepted {
  /** The rule that keeps the place; absent where a setting decides, or where a rule put the value there. */
  readonly rule?: string;
}

/** A rule that takes a place out of the search. */
export interface Kept {
  readonly rule: string;
  /** All of the element or field, not a component of it alone. */
  readonly whole: boolean;
}

interface Decided {
  readonly label: string;
  readonly dicom: readonly DicomStep[] | undefined;
  readonly hl7: Hl7At | undefined;
  readonly action: Action;
}

/**
 * What the project lets stand, so that the audit does not call its decisions leaks. They bar claims instead (claim.ts), and
 * the report lists them. A rule that keeps a place answers for what is found there, which is counted as accepted risk and
 * never as a pass; one that puts a value there answers for the value's shape, but a known identifier in it is a leak all the
 * same.
 */
export class Acceptance {
  readonly #project: Project;
  readonly #decided: readonly Decided[];

  constructor(project: Project) {
    this.#project = project;
    this.#decided = [
      ...project.rules.dicom.map(({ at, action }) => ({
        label: ruleLabel(at),
        dicom: parseDicomAt(at),
        hl7: undefined,
        action: action as Action,
      })),
      ...project.rules.hl7.map(({ at, action }) => ({
        label: ruleLabel(at),
        dicom: undefined,
        hl7: parseHl7At(at),
        action: action as Action,
      })),
    ];
  }

  /** Whether a hit in a passage is what the project decided to let stand, and by which rule. */
  accepts(passage: Passage, hit: Hit): Accepted | undefined {
    return this.#bySettings(passage, hit) ? {} : this.#byRule(passage, hit);
  }

  /** The rule that keeps the place of a passage, whatever is found there. */
  keptBy(passage: Passage): Kept | undefined {
    const rule = this.#ruleFor(passage);
    if (rule?.action.do !== 'keep') return undefined;
    return { rule: rule.label, whole: rule.hl7 === undefined || isWhole(rule.hl7, passage.hints) };
  }

  #ruleFor(passage: Passage): Decided | undefined {
    return this.#decided.findLast((rule) => isAt(rule, passage));
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

  #byRule(passage: Passage, hit: Hit): Accepted | undefined {
    const decided = this.#ruleFor(passage);
    if (decided === undefined) return undefined;
    switch (decided.action.do) {
      case 'keep':
        return { rule: decided.label };
      case 'replace':
      case 'add':
      case 'random':
      case 'regex':
        return BY_SHAPE.has(hit.detector) ? {} : undefined;
      case 'shift-date':
        return BY_SHAPE.has(hit.detector) && hit.category === 'C' ? {} : undefined;
      default:
        return undefined;
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
  if (dicom !== undefined && hints.format === 'dicom') return isElement(dicom, hints, locus);
  if (hl7 === undefined || hints.format !== 'hl7') return false;
  if (hl7.kind === 'type') return hints.dataType === hl7.dataType || isWhole(hl7, hints);
  const [segment = '', position = ''] = (hints.field ?? '').split('-');
  if (hl7.segment !== segment || (hl7.field !== '*' && String(hl7.field) !== position)) return false;
  return (
    hl7.component === undefined || new RegExp(`-\\d+(?:\\[\\d+\\])?\\.${hl7.component}(?:\\.|$)`).test(locus)
  );
}

/** Whether a rule is about all of the field: by its number, or by the field's own data type. */
function isWhole(rule: Hl7At, { field = '' }: PassageHints): boolean {
  if (rule.kind === 'field') return rule.component === undefined;
  const [segment = '', position = ''] = field.split('-');
  const type = typeTable('').fields(segment)?.[Number(position) - 1]?.type ?? '';
  return type.split('|').includes(rule.dataType);
}

/** One step names an element at any depth, a path from the data set down, as the masker reads them. */
function isElement(
  steps: readonly DicomStep[],
  { tag = '', keyword = '' }: PassageHints,
  locus: string,
): boolean {
  const last = steps[steps.length - 1];
  if (last === undefined || tag === '') return false;
  const isLast =
    last.kind === 'private'
      ? keyword === last.creator && isStep(last, parseTag(tag))
      : isStep(last, parseTag(tag));
  if (!isLast || steps.length === 1) return isLast;
  const path = [...locus.matchAll(/\(([0-9A-F]{4}),([0-9A-F]{4})\)/g)].map(([, group, element]) =>
    parseTag(`${group}${element}`),
  );
  return (
    path.length === steps.length && path.slice(0, -1).every((above, level) => isStep(steps[level], above))
  );
}

function isStep(step: DicomStep | undefined, tag: Tag): boolean {
  const id = tagId(tag);
  switch (step?.kind) {
    case 'keyword': {
      const keyword = isPrivate(tag) ? undefined : lookup(tag)?.keyword;
      if (keyword === undefined || !step.pattern.includes('*')) return keyword === step.pattern;
      return new RegExp(`^${step.pattern.split('*').join('[A-Za-z0-9]*')}$`).test(keyword);
    }
    case 'tag':
      return [...step.pattern].every((digit, i) => digit === 'X' || digit === id[i]);
    case 'private':
      // The creator of a sequence above is not at hand: its group and element have to do.
      return (
        id.startsWith(step.group) &&
        [...step.element].every((digit, i) => digit === 'X' || digit === id[6 + i])
      );
    case undefined:
      return false;
  }
}
