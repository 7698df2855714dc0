import { describe, expect, it } from 'vitest';
import { Random } from '../../../eval/random.ts';
import { exampleOf } from '../../../eval/texts/labelled.ts';
import { quantize, TRAINING, trainCrf } from '../../../eval/train/crf.ts';
import { tag } from '../../../src/detect/tagger/tag.ts';

const texts = (names: readonly string[]) =>
  names.flatMap((name) => [
    {
      text: `seen by Dr. ${name} today`,
      spans: [{ start: 12, end: 12 + name.length, type: 'NAME' as const }],
    },
    { text: 'the liver is normal in size', spans: [] },
  ]);

describe('trainCrf', { timeout: 60_000 }, () => {
  const learnt = trainCrf(
    texts(['Okoro', 'Vandersloot', 'Brixby', 'Tamsin', 'Kestrin']).map(exampleOf),
    new Random(1),
    {
      epochs: 6,
      rate: 0.4,
      l2: 2e-6,
      least: 0.02,
      epochsAfter: 1,
      damping: 0.01,
      dropIdentity: [0.4, 0.15],
      dropLists: 0.1,
    },
  );

  it('learns from the words around, so that a name never seen is found', () => {
    expect(tag('seen by Dr. Quarlmann today', learnt, 0.5)).toMatchObject([
      { start: 12, end: 21, label: 'NAME' },
    ]);
    expect(tag('the liver is normal in size', learnt, 0.5)).toEqual([]);
  });

  it('finds the same with weights of eight bits', () => {
    const { weights, scale } = quantize(learnt);
    const model = { weights, scale, transitions: learnt.transitions };
    expect(tag('seen by Dr. Quarlmann today', model, 0.5)).toHaveLength(1);
  });

  it('leaves small weights at zero, whatever is learnt afterwards', () => {
    const training = { ...TRAINING, epochs: 4, rate: 0.4, damping: 0.01, epochsAfter: 1 };
    const all = texts(['Okoro', 'Vandersloot', 'Brixby', 'Tamsin', 'Kestrin']).map(exampleOf);
    const weightsOf = (least: number) => trainCrf(all, new Random(1), { ...training, least });
    const count = (weights: ArrayLike<number>) => Array.from(weights).filter((weight) => weight !== 0).length;
    expect(count(weightsOf(0.5).weights)).toBeLessThan(count(weightsOf(0).weights) / 2);
  });

  it('is the same for the same seed', () => {
    const again = () =>
      Buffer.from(
        Float32Array.from(trainCrf(texts(['Okoro', 'Brixby']).map(exampleOf), new Random(7)).weights).buffer,
      );
    expect(again().equals(again())).toBe(true);
  });
});
