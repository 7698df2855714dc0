import { readRulesYaml } from '../rules.ts';

interface Systems {
  readonly names: ReadonlySet<string>;
  readonly patterns: readonly RegExp[];
}

let loaded: Systems | undefined;

/** Whether a coding system (HL7 table 0396) is public: its codes mean the same everywhere and identify nobody. */
export function isPublicSystem(name: string): boolean {
  loaded ??= load();
  const wanted = name.trim().toUpperCase();
  return loaded.names.has(wanted) || loaded.patterns.some((pattern) => pattern.test(wanted));
}

function load(): Systems {
  const file = readRulesYaml<{ 'public-systems': string[]; 'public-system-patterns': string[] }>(
    'hl7/types.yaml',
  );
  return {
    names: new Set(file['public-systems']),
    patterns: file['public-system-patterns'].map((pattern) => new RegExp(pattern)),
  };
}
