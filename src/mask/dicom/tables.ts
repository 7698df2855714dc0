import type { CodeDomain } from '../../crosswalk/codes.ts';
import type { KnownKind } from '../../detect/detector.ts';
import { idOfKeyword } from '../../dicom/dictionary.ts';
import type { HipaaCategory } from '../../model/category.ts';
import { readRulesJson, readRulesYaml } from '../../rules.ts';

/** A row of PS3.15 Table E.1-1: the Basic Profile's code and, where an option applies, K (keep) or C (clean). */
export interface ProfileRow {
  readonly name: string;
  readonly profile: 'X' | 'Z' | 'D' | 'U' | 'K' | 'C' | 'X/Z' | 'X/D' | 'Z/D' | 'X/Z/D' | 'X/Z/U*';
  readonly safePrivate?: 'K' | 'C';
  readonly uids?: 'K' | 'C';
  readonly device?: 'K' | 'C';
  readonly institution?: 'K' | 'C';
  readonly characteristics?: 'K' | 'C';
  readonly fullDates?: 'K' | 'C';
  readonly modifiedDates?: 'K' | 'C';
  readonly descriptors?: 'K' | 'C';
  readonly structured?: 'K' | 'C';
  readonly graphics?: 'K' | 'C';
}

interface ElementsFile {
  readonly pseudonyms: Record<string, 'patient' | CodeDomain>;
  readonly 'class-uids': readonly string[];
  readonly 'binary-kept': readonly string[];
  readonly 'text-kept': readonly string[];
  readonly equipment: readonly string[];
  readonly optional: readonly string[];
  readonly 'always-removed': readonly string[];
  readonly identifying: Record<string, readonly [HipaaCategory, KnownKind]>;
}

/** The tables that decide on single elements; keys are tag ids (`00100010`, `60xx3000`). */
export interface ElementTables {
  readonly profile: ReadonlyMap<string, ProfileRow>;
  readonly pseudonyms: ReadonlyMap<string, 'patient' | CodeDomain>;
  readonly classUids: ReadonlySet<string>;
  readonly binaryKept: ReadonlySet<string>;
  readonly textKept: ReadonlySet<string>;
  readonly equipment: ReadonlySet<string>;
  /** Of Type 3 wherever they stand: X/Z means X. */
  readonly optional: ReadonlySet<string>;
  readonly alwaysRemoved: ReadonlySet<string>;
  readonly identifying: ReadonlyMap<string, readonly [HipaaCategory, KnownKind]>;
  /** Private creator -> `00E1xx21` -> VR (PS3.15 Table E.3.10-1). */
  readonly safePrivate: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Private creator -> `00E1xx21` -> VR and verdict. */
  readonly tciaPrivate: ReadonlyMap<string, ReadonlyMap<string, readonly [string, 'keep' | 'uid' | 'date']>>;
}

let loaded: ElementTables | undefined;

/** The tables under rules/dicom/, read once. */
export function elementTables(): ElementTables {
  loaded ??= load();
  return loaded;
}

function load(): ElementTables {
  const profile = readRulesJson<{ attributes: Record<string, ProfileRow> }>(
    'dicom/confidentiality-profile.json',
  );
  const safe = readRulesJson<{ creators: Record<string, Record<string, string>> }>('dicom/safe-private.json');
  const tcia = readRulesJson<{ creators: Record<string, Record<string, [string, 'keep' | 'uid' | 'date']>> }>(
    'dicom/tcia-private.json',
  );
  const elements = readRulesYaml<ElementsFile>('dicom/elements.yaml');
  const ids = (keywords: readonly string[]) => new Set(keywords.map(idOf));
  return {
    profile: new Map(Object.entries(profile.attributes)),
    pseudonyms: new Map(
      Object.entries(elements.pseudonyms).map(([keyword, domain]) => [idOf(keyword), domain]),
    ),
    classUids: ids(elements['class-uids']),
    binaryKept: ids(elements['binary-kept']),
    textKept: ids(elements['text-kept']),
    equipment: ids(elements.equipment),
    optional: ids(elements.optional),
    alwaysRemoved: ids(elements['always-removed']),
    identifying: new Map(
      Object.entries(elements.identifying).map(([keyword, kind]) => [idOf(keyword), kind]),
    ),
    safePrivate: new Map(
      Object.entries(safe.creators).map(([creator, rows]) => [creator, new Map(Object.entries(rows))]),
    ),
    tciaPrivate: new Map(
      Object.entries(tcia.creators).map(([creator, rows]) => [creator, new Map(Object.entries(rows))]),
    ),
  };
}

function idOf(keyword: string): string {
  const id = idOfKeyword(keyword);
  if (id === undefined)
    throw new TypeError(`rules/dicom/elements.yaml names ${keyword}, which PS3.6 does not know`);
  return id;
}
