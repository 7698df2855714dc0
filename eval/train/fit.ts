import type { Model } from '../../src/detect/tagger/model.ts';
import { Random } from '../random.ts';
import { exampleOf, type LabelledText } from '../texts/labelled.ts';
import { quantize, TRAINING, trainCrf } from './crf.ts';

export interface Fitted extends Model {
  readonly weights: Int8Array;
  /** How many weights are not zero. */
  readonly kept: number;
}

const SEED = 5;

/** The tagger as it ships, trained on these texts: eight bits a weight, small ones left out. */
export function fitTagger(texts: readonly LabelledText[]): Fitted {
  const model = trainCrf(texts.map(exampleOf), new Random(SEED), TRAINING);
  return { ...quantize(model), transitions: model.transitions };
}
