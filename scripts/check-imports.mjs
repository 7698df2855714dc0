// Keeps the table of docs/architecture.md: which room may import which. Imports run one way.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const LEAVES = ['model', 'ports', 'splice.ts', 'rules.ts', 'errors.ts', 'version.ts', 'csv.ts'];
// crosswalk/codes.ts and detect/detector.ts hold types that lower rooms speak in; they import leaves alone.
const CONTRACTS = ['crosswalk/codes.ts', 'detect/detector.ts'];
const READERS = ['dicom', 'hl7', 'input', 'documents'];
const ALLOWED = {
  model: [],
  ports: [],
  input: [],
  dicom: [],
  hl7: [],
  documents: ['dicom'],
  project: [],
  store: [],
  crosswalk: ['store', 'project'],
  detect: [],
  ocr: ['dicom'],
  mask: [...READERS, 'crosswalk', 'detect', 'project'],
  audit: [...READERS, 'detect', 'ocr', 'project'],
  gate: ['detect', 'audit', 'project', 'store'],
  report: ['gate', 'store'],
  review: ['report', 'gate', 'store'],
  run: [...READERS, 'project', 'store', 'crosswalk', 'detect', 'ocr', 'mask', 'audit', 'gate', 'report'],
  commands: ['run', 'project', 'report', 'store', 'crosswalk', 'index.ts', 'input', 'detect'],
  'index.ts': ['run', 'project', 'report'],
  'cli.ts': ['commands'],
};

const root = resolve('src');
const problems = [];

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (entry.name.endsWith('.ts')) yield path;
  }
}

const roomOf = (path) => relative(root, path).split('/')[0];

for (const file of sources(root)) {
  const room = roomOf(file);
  for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
    const target = resolve(dirname(file), specifier);
    const targetRoom = roomOf(target);
    const isContract = CONTRACTS.includes(relative(root, target));
    if (targetRoom === room || LEAVES.includes(targetRoom) || isContract) continue;
    if (!(ALLOWED[room] ?? []).includes(targetRoom)) {
      problems.push(`${relative(root, file)}: ${room} may not import ${targetRoom} (${specifier})`);
    }
  }
}

for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);
