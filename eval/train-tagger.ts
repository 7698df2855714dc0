import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { FEATURES, HASH_BITS } from '../src/detect/tagger/features.ts';
import type { ModelHeader } from '../src/detect/tagger/model.ts';
import { packagePath } from '../src/rules.ts';
import { trainingSets } from './texts/training.ts';
import { fitTagger } from './train/fit.ts';

/**
 * `npm run train:tagger`: trains the tagger on the texts for development and on generated ones, and writes its weights to
 * `rules/tagger/`. The same texts give the same weights.
 */
const started = Date.now();
const { asq, presidio, notes, generated, written, technical } = trainingSets();
const { weights, scale, transitions, kept } = fitTagger([
  ...generated,
  ...written,
  ...technical,
  ...asq,
  ...presidio,
  ...notes.flat(),
]);

const header: ModelHeader = {
  version: 1,
  source:
    'npm run train:tagger, over generated passages (eval/texts/generate), ASQ-PHI (MIT) and presidio-research (MIT), development halves, and MTSamples (CC0)',
  hashBits: HASH_BITS,
  features: FEATURES,
  scale,
  transitions: transitions.map((weight) => Math.round(weight * 1e4) / 1e4),
};
mkdirSync(packagePath('rules/tagger'), { recursive: true });
writeFileSync(packagePath('rules/tagger/model.json'), `${JSON.stringify(header, null, 2)}\n`);
const packed = gzipSync(weights, { level: 9 });
writeFileSync(packagePath('rules/tagger/weights.bin.gz'), packed);
const sha256 = createHash('sha256').update(weights).digest('hex').slice(0, 16);
process.stdout.write(
  `${generated.length} generated passages, ${kept} weights, ${packed.length} bytes, ${sha256}, ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
);
