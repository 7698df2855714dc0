import { readRulesJson } from '../rules.ts';
import type { DicomStep } from './at.ts';

interface Attribute {
  /** Eight hex digits; `x` in the group of repeating groups. */
  readonly id: string;
  readonly keyword: string;
  /** As PS3.6 prints it: `DA`, `US or SS`. */
  readonly vr: string;
}

let attributes: readonly Attribute[] | undefined;

/** Every attribute of PS3.6, so that a rule for a keyword that does not exist is told at once. */
function all(): readonly Attribute[] {
  if (attributes === undefined) {
    const file = readRulesJson<{ tags: Readonly<Record<string, readonly [string, string, string]>> }>(
      'dicom/dictionary.json',
    );
    attributes = Object.entries(file.tags).map(([id, [keyword, vr]]) => ({ id, keyword, vr }));
  }
  return attributes;
}

/** All keywords of PS3.6. */
export function dicomKeywords(): readonly string[] {
  return all().map((attribute) => attribute.keyword);
}

/** The attributes of the standard that a step may name: several for a wildcard, none for a private element. */
export function attributesOf(step: DicomStep): readonly Attribute[] {
  if (step.kind === 'private') return [];
  const pattern =
    step.kind === 'keyword'
      ? new RegExp(`^${step.pattern.replaceAll('*', '[A-Za-z0-9]*')}$`)
      : new RegExp(`^${step.pattern.replaceAll('X', '[0-9A-F]')}$`);
  return all().filter(({ id, keyword }) =>
    pattern.test(step.kind === 'keyword' ? keyword : id.replaceAll('x', '0').toUpperCase()),
  );
}
