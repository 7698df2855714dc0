import { lookup } from '../../dicom/dictionary.ts';
import type { DataElement } from '../../dicom/element.ts';
import { elementOf, groupOf, tagId } from '../../dicom/tag.ts';
import type { Action } from '../../model/action.ts';
import { type DicomStep, parseDicomAt } from '../../project/at.ts';
import type { Condition, Project } from '../../project/schema.ts';

/** A rule of project.yaml, ready to be tried on elements. */
export interface CompiledRule {
  readonly steps: readonly DicomStep[];
  readonly when?: Condition;
  readonly action: Action;
}

/** Rules in the order of the file; the last one that matches wins, so that a special case follows the general one. */
export function compileDicomRules(project: Project): CompiledRule[] {
  return project.rules.dicom.map(({ at, when, action }) => ({
    steps: parseDicomAt(at) ?? [],
    ...(when && { when }),
    action: action as Action,
  }));
}

/**
 * Whether a rule names this element. One step matches at any depth; a path matches from the data set down.
 * `ancestors` are the sequences around the element, outermost first.
 */
export function matchesRule(
  rule: CompiledRule,
  element: DataElement,
  ancestors: readonly DataElement[],
): boolean {
  const { steps } = rule;
  const last = steps[steps.length - 1];
  if (last === undefined || !matchesStep(last, element)) return false;
  if (steps.length === 1) return true;
  if (steps.length !== ancestors.length + 1) return false;
  return ancestors.every((ancestor, level) => {
    const step = steps[level];
    return step !== undefined && matchesStep(step, ancestor);
  });
}

function matchesStep(step: DicomStep, element: DataElement): boolean {
  if (step.kind === 'tag') return matchesDigits(step.pattern, tagId(element.tag));
  if (step.kind === 'private') {
    const group = groupOf(element.tag).toString(16).toUpperCase().padStart(4, '0');
    const low = (elementOf(element.tag) & 0xff).toString(16).toUpperCase().padStart(2, '0');
    return group === step.group && element.creator === step.creator && matchesDigits(step.element, low);
  }
  const keyword = lookup(element.tag)?.keyword;
  return keyword !== undefined && matchesKeyword(step.pattern, keyword);
}

function matchesDigits(pattern: string, digits: string): boolean {
  return (
    pattern.length === digits.length && [...pattern].every((digit, i) => digit === 'X' || digit === digits[i])
  );
}

const wildcards = new Map<string, RegExp>();

function matchesKeyword(pattern: string, keyword: string): boolean {
  if (!pattern.includes('*')) return pattern === keyword;
  let expression = wildcards.get(pattern);
  if (expression === undefined) {
    expression = new RegExp(`^${pattern.split('*').join('[A-Za-z0-9]*')}$`);
    wildcards.set(pattern, expression);
  }
  return expression.test(keyword);
}
