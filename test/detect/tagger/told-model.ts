import { FEATURES, featuresOf, fieldsOf, HASH_BITS } from '../../../src/detect/tagger/features.ts';
import { LABEL_COUNT, type Model } from '../../../src/detect/tagger/model.ts';
import { tokenize } from '../../../src/detect/tagger/tokens.ts';
import { Vocabulary } from '../../../src/detect/tagger/vocabulary.ts';

/** A model that takes a word for a name with the chance it was told, in any case, and knows no other identifier. */
export function toldModel(chances: Readonly<Record<string, number>>): Model {
  const weights = new Float32Array(2 ** HASH_BITS * LABEL_COUNT);
  const out = new Int32Array(FEATURES);
  for (const [word, chance] of Object.entries(chances)) {
    featuresOf(fieldsOf(word, tokenize(word), new Vocabulary()), 0, out, 0);
    weights[(out[0] ?? 0) * LABEL_COUNT + 1] = Math.log(chance / (1 - chance)) + FAR;
  }
  for (let label = 1; label < LABEL_COUNT; label++) weights[label] = -FAR;
  return { weights, scale: 1, transitions: new Array(LABEL_COUNT ** 2).fill(0) };
}

/** What every token has against it, and a word that was told for it. */
const FAR = 20;
