import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeHuge, writeSlices } from './inputs.ts';
import { inTurn, type Measured, measure, measureNode } from './measure.ts';
import type { Row } from './table.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const LOOP = fileURLToPath(new URL('./copy-loop.mjs', import.meta.url));
const ROUNDS = 5;

/** `mask` over CT slices against the least that such a program must do, by CPU time of the whole process. */
export function benchSlices(folder: string, count: number): Row[] {
  const input = join(folder, 'slices');
  const output = join(folder, 'masked');
  writeSlices(input, count);
  const fresh = (run: () => Measured) => () => {
    for (const left of [output, `${output}.work`]) rmSync(left, { recursive: true, force: true });
    return run();
  };
  const gdcmanon = gdcmanonOver(input, output);
  const [loop, copy, mask, start, gdcm] = inTurn(
    ROUNDS,
    [
      () => measureNode([LOOP, input, output]),
      () => measure(['cp', '-r', input, output]),
      () => measureNode([CLI, 'mask', input, '--out', output, '--work', `${output}.work`, '--quiet']),
      () => measureNode([CLI, '--version']),
      ...(gdcmanon ? [gdcmanon] : []),
    ].map(fresh),
  ) as [Measured, Measured, Measured, Measured, Measured?];
  const rows: Row[] = [
    { what: `mask, ${count} CT slices`, ...mask, against: loop.cpu, limit: 1.6 },
    { what: '  read, hash, write, hash in Node', ...loop },
    { what: '  cp -r', ...copy, note: ratio(mask.cpu, copy.cpu) },
    { what: '  starting phi-gate, nothing more', ...start },
    gdcm
      ? { what: `  gdcmanon --dumb, ${EMPTIED.length} attributes`, ...gdcm, note: ratio(mask.cpu, gdcm.cpu) }
      : { what: '  gdcmanon', cpu: 0, wall: 0, status: 0, note: 'not installed' },
  ];
  for (const left of [input, output, `${output}.work`]) rmSync(left, { recursive: true, force: true });
  return rows;
}

const ratio = (ours: number, theirs: number): string => `mask takes ${(ours / theirs).toFixed(2)}x its CPU`;

/** The attributes that users of gdcmanon list most. */
const EMPTIED = [
  '0008,0020',
  '0008,0050',
  '0008,0080',
  '0008,0081',
  '0008,0090',
  '0008,1070',
  '0010,0010',
  '0010,0020',
  '0010,0030',
  '0010,4000',
];

/** gdcmanon in dumb mode; nothing where it is not installed. */
function gdcmanonOver(input: string, output: string): (() => Measured) | undefined {
  if (spawnSync('sh', ['-c', 'command -v gdcmanon'], { stdio: 'ignore' }).status !== 0) return undefined;
  const options = EMPTIED.flatMap((tag) => ['--empty', tag]);
  return () => {
    mkdirSync(output, { recursive: true });
    return measure(['gdcmanon', '--dumb', '--continue', '-r', ...options, '-i', input, '-o', output]);
  };
}

/** Peak memory of masking one file of 3 GiB. */
export function benchMemory(folder: string): Row[] {
  const input = join(folder, 'huge');
  const output = join(folder, 'huge-masked');
  mkdirSync(input, { recursive: true });
  writeHuge(join(input, 'huge.dcm'));
  const mask = measureNode([CLI, 'mask', input, '--out', output, '--work', `${output}.work`, '--quiet']);
  for (const left of [input, output, `${output}.work`]) rmSync(left, { recursive: true, force: true });
  return [{ what: 'mask, one file of 3 GiB', ...mask, peakLimit: 150 }];
}
