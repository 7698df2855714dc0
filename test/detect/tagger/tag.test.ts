import { describe, expect, it } from 'vitest';
import { tag } from '../../../src/detect/tagger/tag.ts';
import { toldModel } from './told-model.ts';

const model = toldModel({ okafor: 0.9, tobe: 0.2 });
const found = (text: string, threshold: number): string[] =>
  tag(text, model, threshold).map(({ start, end }) => text.slice(start, end));

describe('tag', () => {
  it('takes the doubtful rest of a name with the part that is sure', () => {
    expect(found('words tobe okafor plain', 0.5)).toEqual(['tobe okafor']);
  });

  it('does not take what is doubtful alone', () => {
    expect(found('words tobe plain', 0.5)).toEqual([]);
  });

  it('does not take what stands beside a name and is surely none', () => {
    expect(found('okafor plain', 0.5)).toEqual(['okafor']);
  });
});
