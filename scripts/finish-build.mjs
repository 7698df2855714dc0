// The last steps of the build. Parses the YAML rules once, at build time: dist/rules.json holds each file's data under its path, with the hash of the file
// that it was made from. A rule file that was changed since is read as YAML.
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const compiled = {};
for (const room of readdirSync('rules')) {
  for (const name of readdirSync(join('rules', room))) {
    if (!name.endsWith('.yaml')) continue;
    const bytes = readFileSync(join('rules', room, name));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    compiled[`${room}/${name}`] = { sha256, data: parse(bytes.toString('utf8')) };
  }
}
writeFileSync('dist/rules.json', JSON.stringify(compiled));

// The compiler writes no executable bits, and npx runs the file itself.
chmodSync('dist/cli.js', 0o755);
