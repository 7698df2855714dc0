import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchMemory, benchSlices } from './dicom.ts';
import { benchHl7 } from './hl7.ts';
import { benchPixels } from './pixels.ts';
import { formatTable, shortfall } from './table.ts';
import { benchText } from './text.ts';

/**
 * `npm run bench [slices|hl7|memory|pixels|text ...]`: what masking and looking cost, as ratios against other programs in the same run. Ratios of
 * one machine are comparable, seconds are not. Exit code 1 where a goal is missed.
 */
const asked = process.argv.slice(2);
const wants = (name: string): boolean => asked.length === 0 || asked.includes(name);

const folder = mkdtempSync(join(tmpdir(), 'phi-gate-bench-'));
try {
  const rows = [
    ...(wants('slices') ? benchSlices(folder, 1000) : []),
    ...(wants('hl7') ? benchHl7(20_000) : []),
    ...(wants('memory') ? benchMemory(folder) : []),
    ...(wants('text') ? benchText(4) : []),
    ...(wants('pixels') ? await benchPixels(folder, 200) : []),
  ];
  process.stdout.write(formatTable(rows));
  const machine = { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model ?? '' };
  writeFileSync(
    fileURLToPath(new URL('./last.json', import.meta.url)),
    `${JSON.stringify({ machine, rows }, null, 1)}\n`,
  );
  if (rows.some((row) => shortfall(row) !== undefined)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
