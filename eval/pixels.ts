import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createOcr, type Ocr } from '../src/ocr/reader.ts';
import { corpusFrames, corpusFramesWithoutText } from './frames/corpora.ts';
import type { Sample } from './frames/sample.ts';
import { framesOfTechnique, framesWithText } from './frames/with-text.ts';
import { framesWithCodes, framesWithHandwriting, framesWithoutText } from './frames/without-text.ts';
import { type Look, look } from './score/look.ts';
import { sheetOfMisses } from './score/pictures.ts';
import { checkRedacted } from './score/redacted.ts';
import { formatGoals, type Goal, isMissed, percent } from './score/table.ts';
import { byTrait, scoreText } from './score/tally.ts';

/**
 * `npm run eval:pixels [-- --set tune|report] [--seed N] [--frames N] [--only NAMES] [--no-redact] [--pictures FILE.png]
 * [--verbose]`: how well the pixel path finds, reads and covers burned-in text, over generated frames and real ones. Fonts and seeds of `tune` are for work on the path,
 * those of `report` for docs/accuracy.md. Exit code 1 where a goal is missed.
 */
const { values: options } = parseArgs({
  options: {
    set: { type: 'string', default: 'report' },
    seed: { type: 'string' },
    frames: { type: 'string', default: '240' },
    only: { type: 'string' },
    'no-redact': { type: 'boolean', default: false },
    pictures: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
const set = options.set === 'tune' ? 'tune' : 'report';
const seed = Number(options.seed ?? (set === 'tune' ? 11 : 97));
const count = Number(options.frames);
const calls = { made: 0, milliseconds: 0 };
const ocr = await createOcr({
  workers: 2,
  onCall: (milliseconds) => {
    calls.made++;
    calls.milliseconds += milliseconds;
  },
});

const wants = (name: string): boolean => options.only === undefined || options.only.split(',').includes(name);
const when = async <T>(name: string, make: () => Promise<T[]>): Promise<T[]> => (wants(name) ? make() : []);

async function lookAt(samples: readonly Sample[], reader: Ocr): Promise<Look[]> {
  const looks: Look[] = [];
  for (let at = 0; at < samples.length; at += 4) {
    looks.push(...(await Promise.all(samples.slice(at, at + 4).map((sample) => look(sample, reader)))));
  }
  return looks;
}

const text = await lookAt(await when('text', () => framesWithText(set, count, seed)), ocr);
const callsForText = calls.made;
const real = await lookAt(await when('real', async () => corpusFrames()), ocr);
const callsBefore = calls.made;
const made = await lookAt(await when('none', () => framesWithoutText(count, seed)), ocr);
const slices = await lookAt(await when('none', () => corpusFramesWithoutText()), ocr);
const callsForNone = calls.made - callsBefore;
const technique = await lookAt(await when('technique', () => framesOfTechnique(set, count >> 2, seed)), ocr);
const codes = await lookAt(await when('codes', () => framesWithCodes(count >> 2, seed)), ocr);
const pen = await lookAt(await when('pen', () => framesWithHandwriting(count >> 3, seed)), ocr);

const realText = real.filter(({ sample }) => sample.tokens.length > 0);
const empty = [...made, ...slices];
const sections = empty.filter(({ sample }) => sample.crossSection);
const harmless = [
  ...technique,
  ...[...real, ...made].filter(({ sample }) => sample.ultrasound && sample.tokens.length === 0),
];
const score = scoreText(text);
const realScore = scoreText(realText);
const held = (looks: readonly Look[]) => looks.filter(({ rules }) => rules.length > 0);
const boxed = (looks: readonly Look[]) => looks.filter(({ boxes }) => boxes.length > 0);
const ofText = { all: text.length + realText.length, flagged: score.flagged + realScore.flagged };

const goals: Goal[] = [
  { what: 'identifying tokens covered by a box', ...percent(score.covered, score.tokens), atLeast: 97 },
  { what: 'identifying tokens read, generated', ...percent(score.read, score.tokens), atLeast: 93 },
  { what: 'identifying tokens read, real frames', ...percent(realScore.read, realScore.tokens), atLeast: 93 },
  { what: 'frames with text flagged', ...percent(ofText.flagged, ofText.all), atLeast: 100 },
  {
    what: 'frames without text that skip OCR',
    ...percent(empty.filter(({ readings }) => readings.length === 0).length, empty.length),
    atLeast: 60,
  },
  { what: 'frames without text that get a box', ...percent(boxed(empty).length, empty.length), under: 5 },
  { what: 'frames without text held', ...percent(held(empty).length, empty.length) },
  {
    what: 'CT, MR, PT, NM frames that get a box or are held',
    ...percent(
      sections.filter((one) => one.boxes.length > 0 || one.rules.length > 0).length,
      sections.length,
    ),
    under: 0.1,
  },
  {
    what: 'ultrasound frames without identifying text held',
    ...percent(held(harmless).length, harmless.length),
    atMost: 5,
  },
  { what: 'frames with a bar code flagged', ...percent(held(codes).length, codes.length) },
  { what: 'frames with handwriting flagged', ...percent(held(pen).length, pen.length) },
  { what: 'OCR calls a frame with text', value: callsForText / Math.max(1, text.length), unit: '' },
  { what: 'OCR calls a frame without text', value: callsForNone / Math.max(1, empty.length), unit: '' },
];
const left: string[] = [];
if (!options['no-redact'])
  goals.push(...(await checkRedacted([...text, ...realText], ocr, (line) => left.push(line))));
await ocr.close();

process.stdout.write(
  `set ${set}, seed ${seed}: ${text.length} generated frames with text, ${realText.length} real ones, ${empty.length} without\n\n`,
);
process.stdout.write(formatGoals(goals));
process.stdout.write(
  `\ntokens by trait: how many, covered, read\n${byTrait(text, score.misses).join('\n')}\n`,
);
if (options.verbose) {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  left.forEach(say);
  const traits = (sample: Sample) => Object.values(sample.traits).join(' ');
  for (const { sample, token, what, covered } of [...score.misses, ...realScore.misses]) {
    say(`${what}: ${sample.name} ${token} (${(covered * 100).toFixed(0)} %) ${traits(sample)}`);
  }
  for (const sample of [...score.unflagged, ...realScore.unflagged])
    say(`not flagged: ${sample.name} ${traits(sample)}`);
  for (const { sample, rules } of held(harmless))
    say(`held for nothing: ${sample.name} ${traits(sample)} ${rules.join(' ')}`);
  for (const { sample, rules, boxes, words } of empty) {
    if (rules.length + boxes.length > 0)
      say(
        `false: ${sample.name} ${traits(sample)} ${rules.join(' ')} ${boxes.length} ${words.map((word) => word.text).join(' ')}`,
      );
  }
  for (const { sample } of codes.filter(({ rules }) => rules.length === 0))
    say(`code missed: ${sample.name} ${traits(sample)}`);
}
if (options.pictures !== undefined) {
  const unread = score.misses.filter(({ what }) => what === 'not read');
  writeFileSync(options.pictures, await sheetOfMisses(text, unread, 18));
}
if (goals.some(isMissed)) process.exitCode = 1;
