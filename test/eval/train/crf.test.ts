import { describe, expect, it } from 'vitest';
import { Random } from '../../../eval/random.ts';
import { exampleOf } from '../../../eval/texts/labelled.ts';
import { quantize, trainCrf } from '../../../eval/train/crf.ts';
import { tag } from '../../../src/detect/tagger/tag.ts';

const texts = (names: readonly string[]) =>
  names.flatMap((name) => [
    {
      text: `seen by Dr. ${name} today`,
      spans: [{ start: 12, end: 12 + name.length, type: 'NAME' as const }],
    },
    { text: 'the liver is normal in size', spans: [] },
  ]);

describe('trainCrf', () => {
  const learnt = trainCrf(
    texts(['Okoro', 'Vandersloot', 'Brixby', 'Tamsin', 'Kestrin']).map(exampleOf),
    new Random(1),
    {
      epochs: 20,
      rate: 0.12,
      l2: 2e-6,
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

  it('is the same for the same seed', () => {
    const again = () =>
      Buffer.from(
        Float32Array.from(trainCrf(texts(['Okoro', 'Brixby']).map(exampleOf), new Random(7)).weights).buffer,
      );
    expect(again().equals(again())).toBe(true);
  });
});
