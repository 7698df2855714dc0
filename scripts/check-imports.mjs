// Holds the sources to the table of docs/architecture.md: which room may import which. Imports run one way.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const document = readFileSync('docs/architecture.md', 'utf8');

/** Names between back quotes in the paragraph that begins with `start`. */
const named = (start) => {
  const from = document.indexOf(start);
  const text = document.slice(from, document.indexOf('\n\n', from));
  return [...text.matchAll(/`([\w./-]+)`/g)].map(([, name]) => name);
};

const leaves = named('Leaves, which anybody may import');
// Files that hold types which lower rooms speak in; they import leaves alone.
const CONTRACTS = leaves.filter((name) => name.includes('/'));
const LEAVES = leaves.filter((name) => !name.includes('/'));
const ALLOWED = Object.fromEntries(
  [...document.matchAll(/^\| `([\w.]+)` \| [^|]* \| ([^|]*) \|$/gm)].map(([, room, list]) => [
    room,
    list.split(',').map((name) => name.trim()),
  ]),
);

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
  for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
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
