import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Measured {
  /** User and system time of the process and its children, in seconds. */
  readonly cpu: number;
  readonly wall: number;
  readonly status: number;
  /** Of a Node process alone, in megabytes (10^6 bytes). */
  readonly peakMegabytes?: number;
}

const PRELOAD = fileURLToPath(new URL('./usage.mjs', import.meta.url));

/** Runs a program to its end under bash, whose `times` counts the CPU of children that were waited for. */
export function measure(command: readonly string[]): Measured {
  const started = process.hrtime.bigint();
  const shell = spawnSync(
    'bash',
    ['-c', '"$@" >/dev/null 2>/tmp/phi-gate-bench.err; s=$?; times; exit $s', 'bash', ...command],
    {
      encoding: 'utf8',
    },
  );
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  const children = shell.stdout.trim().split('\n').at(-1) ?? '';
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + Number(m) * 60 + Number(s),
    0,
  );
  return { cpu, wall, status: shell.status ?? -1 };
}

/** A Node program, with its peak memory. */
export function measureNode(args: readonly string[]): Measured {
  const usage = join(tmpdir(), `phi-gate-usage-${process.pid}.json`);
  const measured = measure([
    'env',
    `PHI_GATE_BENCH_USAGE=${usage}`,
    process.execPath,
    '--import',
    PRELOAD,
    ...args,
  ]);
  if (!existsSync(usage)) return measured;
  const { maxRssKilobytes } = JSON.parse(readFileSync(usage, 'utf8')) as { maxRssKilobytes: number };
  rmSync(usage);
  return { ...measured, peakMegabytes: (maxRssKilobytes * 1024) / 1e6 };
}

/**
 * Several programs in turn, and that several times: for each the middle one of its measurements, by CPU. What the machine does
 * besides (file systems and memory take very unlike times to be given out) then strikes all of them alike.
 */
export function inTurn(rounds: number, programs: readonly (() => Measured)[]): Measured[] {
  const all = Array.from({ length: rounds }, () => programs.map((run) => run()));
  return programs.map((_, at) => {
    const sorted = all.flatMap((round) => round[at] ?? []).sort((a, b) => a.cpu - b.cpu);
    const middle = sorted[Math.floor(sorted.length / 2)];
    if (!middle) throw new Error('nothing was measured');
    return middle;
  });
}
