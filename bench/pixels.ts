import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sample } from '../eval/frames/sample.ts';
import { ultrasoundFrames } from '../eval/frames/with-text.ts';
import { framesWithoutText } from '../eval/frames/without-text.ts';
import { memorySource } from '../src/splice.ts';
import type { Row } from './table.ts';

const PATH = fileURLToPath(new URL('./pixel-path.mjs', import.meta.url));
const SEED = 41;

interface Audited {
  readonly files: number;
  readonly seconds: number;
  readonly calls: number;
  readonly callSeconds: number;
  readonly read: number;
  readonly unchanged: number;
}

/** The gate, and the whole pixel path against the OCR calls that it makes, over generated frames. */
export async function benchPixels(folder: string, count: number): Promise<Row[]> {
  const frames = await written(join(folder, 'ultrasound'), await ultrasoundFrames('tune', count, SEED));
  const mixed = await written(join(folder, 'mixed'), await framesWithoutText(count >> 1, SEED));
  const cine = await written(join(folder, 'cine'), [cineOf(await ultrasoundFrames('tune', count, SEED))]);
  const gate = (where: string) =>
    run<{ millisecondsPerMegapixel: number }>(where, 'gate', 1).millisecondsPerMegapixel;
  const one = run<Audited>(frames, 'audit', 1);
  const two = run<Audited>(frames, 'audit', 2);
  const again = run<Audited>(cine, 'audit', 1);
  const rows = [
    row(`gate, ${count} ultrasound frames`, gate(frames), 'ms a megapixel', { atMost: 50 }),
    row(`gate, ${count >> 1} frames without text, noise among them`, gate(mixed), 'ms a megapixel'),
    row('pixel path against its OCR calls, 1 worker', one.seconds / one.callSeconds, 'x', { atMost: 1.3 }),
    row('  OCR calls a frame', one.calls / one.files, ''),
    row('  with 1 OCR worker', one.files / one.seconds, 'files/s'),
    row('  with 2 OCR workers', two.files / two.seconds, 'files/s'),
    row('cine of 60 frames, regions not read again', share(again), '%', { atLeast: 90 }),
  ];
  for (const left of [frames, mixed, cine]) rmSync(left, { recursive: true, force: true });
  return rows;
}

const share = ({ read, unchanged }: Audited): number => (100 * unchanged) / Math.max(1, read + unchanged);

function row(
  what: string,
  value: number,
  unit: string,
  goal: { atMost?: number; atLeast?: number } = {},
): Row {
  return { what, cpu: 0, wall: 0, status: 0, figure: { value, unit, ...goal } };
}

function run<T>(folder: string, what: string, workers: number): T {
  const ran = spawnSync(process.execPath, [PATH, folder, what, String(workers)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (ran.status !== 0) throw new Error(`the pixel path ended with ${ran.status}`);
  return JSON.parse(ran.stdout) as T;
}

async function written(folder: string, samples: readonly Sample[]): Promise<string> {
  mkdirSync(folder, { recursive: true });
  samples.forEach(({ description, data }, i) => {
    const name = join(folder, String(i).padStart(4, '0'));
    const { source, ...where } = data;
    writeFileSync(`${name}.raw`, source.read(0, source.size));
    writeFileSync(`${name}.json`, JSON.stringify({ description, data: where }));
  });
  return folder;
}

/** One frame sixty times over, each with noise of its own in place of a beating heart. */
function cineOf(samples: readonly Sample[]): Sample {
  const sample = samples.find(
    ({ data, description }) => data.kind === 'native' && description.bitsAllocated === 8,
  );
  if (sample === undefined || sample.data.kind !== 'native') throw new Error('no frame of native bytes');
  const { description, data } = sample;
  const frame = data.source.read(data.start, data.length);
  const bytes = new Uint8Array(frame.length * 60);
  let state = 1;
  for (let i = 0; i < bytes.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[i] = Math.min(255, (frame[i % frame.length] as number) + ((state >>> 16) % 7));
  }
  return {
    ...sample,
    description: { ...description, frames: 60 },
    data: { kind: 'native', source: memorySource(bytes), start: 0, length: bytes.length },
  };
}
