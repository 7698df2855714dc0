// The pixel path of the build over frames in a folder: `pixel-path.mjs FOLDER gate|audit WORKERS`. Prints one JSON line.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditFrames } from '../dist/audit/pixels.js';
import { openFrames } from '../dist/dicom/pixels/frames.js';
import { createOcr } from '../dist/ocr/reader.js';
import { textRegions } from '../dist/ocr/regions.js';
import { memorySource } from '../dist/splice.js';

const [folder, what, workers] = process.argv.slice(2);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => {
    const { description, data } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const bytes = readFileSync(join(folder, name.replace('.json', '.raw')));
    return { description, data: { ...data, source: memorySource(bytes) } };
  });

async function gate() {
  let [seconds, pixels] = [0, 0];
  // The first round warms the compiler up.
  for (const round of [0, 1]) {
    for (const { description, data } of files) {
      const frame = await openFrames(description, data).read(0);
      const before = process.cpuUsage();
      textRegions(frame.image, ...frame.levels);
      const { user, system } = process.cpuUsage(before);
      if (round === 0) continue;
      seconds += (user + system) / 1e6;
      pixels += frame.image.width * frame.image.height;
    }
  }
  return { millisecondsPerMegapixel: (1000 * seconds) / (pixels / 1e6) };
}

async function audit() {
  const calls = { count: 0, milliseconds: 0 };
  const ocr = await createOcr({
    workers: Number(workers),
    onCall: (milliseconds) => {
      calls.count++;
      calls.milliseconds += milliseconds;
    },
  });
  const regions = { read: 0, unchanged: 0 };
  // The first file starts the threads, which is not what is measured.
  const [first] = files;
  await Promise.all(
    Array.from({ length: Number(workers) }, () => auditFrames(first.description, first.data, ocr, [])),
  );
  calls.count = 0;
  calls.milliseconds = 0;
  const started = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < files.length) {
      const { description, data } = files[next++];
      const found = await auditFrames(description, data, ocr, []);
      regions.read += found.regions.read;
      regions.unchanged += found.regions.unchanged;
    }
  };
  // One more than there are threads, so that a gate runs while they read.
  await Promise.all(Array.from({ length: Number(workers) === 1 ? 1 : Number(workers) + 1 }, lane));
  const seconds = (performance.now() - started) / 1000;
  await ocr.close();
  return {
    files: files.length,
    seconds,
    calls: calls.count,
    callSeconds: calls.milliseconds / 1000,
    ...regions,
  };
}

process.stdout.write(`${JSON.stringify(what === 'gate' ? await gate() : await audit())}\n`);
