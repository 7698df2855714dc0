import { writeFileSync } from 'node:fs';
import { LINE_FEATURES } from '../src/ocr/line-features.ts';
import { corpusFramesWithoutText } from './frames/corpora.ts';
import { framesOfTechnique, framesWithText } from './frames/with-text.ts';
import { framesWithoutText } from './frames/without-text.ts';
import { boost, type Example } from './train/boost.ts';
import { examplesOf } from './train/examples.ts';

/**
 * `npx tsx eval/train-lines.ts`: learns what a line of text looks like from frames of the tuning fonts, frames without text and
 * some files of the corpora without text, and writes rules/pixel/line-model.json. Seeds are those of no evaluation.
 */
const SEED = 5001;
const samples = [
  ...(await framesWithText('tune', 700, SEED)),
  ...(await framesOfTechnique('tune', 60, SEED)),
  ...(await framesWithoutText(450, SEED)),
  ...(await corpusFramesWithoutText()).filter(({ traits }) => traits.corpus === 'learnt from'),
];
const examples: Example[] = [];
for (const sample of samples) {
  // Real pictures are few, and they are what matters.
  const weight = sample.traits.corpus === undefined ? 1 : 4;
  for (const example of await examplesOf(sample))
    examples.push({ ...example, weight: example.weight * weight });
}
const text = examples.filter(({ label }) => label === 1).length;
process.stdout.write(`${samples.length} frames, ${text} lines of text, ${examples.length - text} others\n`);
const model = boost(LINE_FEATURES, examples, 160);
writeFileSync(new URL('../rules/pixel/line-model.json', import.meta.url), `${JSON.stringify(model)}\n`);
