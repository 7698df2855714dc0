// Derives rules/hl7/segment-fields.json from `hl7-dictionary` (MIT) and rules/hl7/later-versions.yaml:
// `npx tsx scripts/derive-hl7-tables.ts`. Only type names are taken over: facts, in the order of their positions.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'yaml';

interface Position {
  readonly datatype: string;
  readonly opt: number;
}
interface Definition {
  readonly segments: Record<string, { readonly fields: readonly Position[] }>;
  readonly fields: Record<string, { readonly subfields: readonly Position[] }>;
}
interface Later {
  readonly edition: string;
  readonly versions: Record<string, Record<string, string>>;
}
/** `[version from which on, types]`; no types: the version knows it no longer. */
type History = [version: string, types: string][];

const REQUIRED = 2;

const require = createRequire(import.meta.url);
const { definitions } = require('hl7-dictionary') as { definitions: Record<string, Definition> };
const dictionaryVersion = (require('hl7-dictionary/package.json') as { version: string }).version;
const later = parse(readFileSync('rules/hl7/later-versions.yaml', 'utf8')) as Later;

const typeOf = ({ datatype, opt }: Position) => datatype + (opt === REQUIRED ? '!' : '');

function historyOf(versions: readonly (readonly [string, Map<string, string>])[]): Record<string, History> {
  const names = new Set(versions.flatMap(([, entries]) => [...entries.keys()]));
  const histories: Record<string, History> = {};
  for (const name of [...names].sort()) {
    const history: History = [];
    for (const [version, entries] of versions) {
      const types = entries.get(name) ?? '';
      if (types !== (history.at(-1)?.[1] ?? '')) history.push([version, types]);
    }
    histories[name] = history;
  }
  return histories;
}

const segments: [string, Map<string, string>][] = [];
const types: [string, Map<string, string>][] = [];
for (const [version, definition] of Object.entries(definitions)) {
  const fieldsOf = ([name, { fields }]: [string, { fields: readonly Position[] }]): [string, string] => [
    name,
    fields.map(typeOf).join(' '),
  ];
  segments.push([version, new Map(Object.entries(definition.segments).map(fieldsOf))]);
  const partsOf = ([name, { subfields }]: [string, { subfields: readonly Position[] }]): [string, string] => [
    name,
    subfields.map(({ datatype }) => datatype).join(' '),
  ];
  types.push([
    version,
    new Map(
      Object.entries(definition.fields)
        .filter(([, { subfields }]) => subfields.length > 0)
        .map(partsOf),
    ),
  ]);
}
for (const [version, additions] of Object.entries(later.versions)) {
  const known = new Map(segments.at(-1)?.[1]);
  for (const [at, added] of Object.entries(additions)) {
    const [name = '', first] = at.split('-');
    const fields = (known.get(name) ?? '')
      .split(' ')
      .filter(Boolean)
      .slice(0, Number(first) - 1);
    while (fields.length < Number(first) - 1) fields.push('?');
    known.set(name, [...fields, ...added.split(' ')].join(' '));
  }
  segments.push([version, known]);
  types.push([version, new Map(types.at(-1)?.[1])]);
}

const lines = (histories: Record<string, History>) =>
  Object.entries(histories)
    .map(([name, history]) => `  ${JSON.stringify(name)}: ${JSON.stringify(history)}`)
    .join(',\n');
writeFileSync(
  'rules/hl7/segment-fields.json',
  `{
 "source": "hl7-dictionary ${dictionaryVersion} (MIT) for v2.1 to v2.7.1; later-versions.yaml for ${later.edition}",
 "edition": "HL7 v2.1 to v2.9",
 "versions": ${JSON.stringify(segments.map(([version]) => version))},
 "segments": {
${lines(historyOf(segments))}
 },
 "types": {
${lines(historyOf(types))}
 }
}
`,
);
