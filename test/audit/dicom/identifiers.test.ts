import { describe, expect, it } from 'vitest';
import { typedByAttribute } from '../../../src/audit/dicom/identifiers.ts';
import { idOfKeyword, lookup } from '../../../src/dicom/dictionary.ts';
import { parseTag } from '../../../src/dicom/tag.ts';
import { readRulesJson, readRulesYaml } from '../../../src/rules.ts';

interface Rules {
  readonly classUids: readonly string[];
  readonly untyped: readonly string[];
  readonly byKeyword: Readonly<Record<string, readonly string[]>>;
  readonly codesUnder: Readonly<Record<string, string>>;
  readonly byVr: Readonly<Record<string, string>>;
}

const rules = readRulesYaml<Rules>('dicom/identifiers.yaml');
/** Newer than the dictionary; they stand in byTag. */
const TOO_NEW = new Set(['NameToUse', 'DisplayURI', 'AffectedSOPClassUID', 'RequestedSOPClassUID']);

describe('rules/dicom/identifiers.yaml', () => {
  it('names keywords that the dictionary knows', () => {
    const named = [
      ...rules.classUids,
      ...rules.untyped,
      ...Object.values(rules.byKeyword).flat(),
      ...Object.keys(rules.codesUnder),
    ];
    const unknown = named.filter((keyword) => idOfKeyword(keyword) === undefined && !TOO_NEW.has(keyword));
    expect(unknown).toEqual([]);
  });

  it('types every attribute of Table E.1-1 whose VR identifies', () => {
    const table = readRulesJson<{ attributes: Record<string, unknown> }>(
      'dicom/confidentiality-profile.json',
    );
    const missing = Object.keys(table.attributes)
      .filter((tag) => /^[0-9A-F]{8}$/.test(tag))
      .map(parseTag)
      .filter((tag) => rules.byVr[lookup(tag)?.vr ?? ''] !== undefined)
      .filter((tag) => typedByAttribute(tag, lookup(tag)?.vr ?? '') === undefined)
      .map((tag) => lookup(tag)?.keyword ?? '')
      .filter((keyword) => !rules.untyped.includes(keyword));
    expect(missing).toEqual([]);
  });
});
