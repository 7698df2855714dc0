import { describe, expect, it } from 'vitest';
import { linked } from '../../../src/detect/tagger/link.ts';
import type { TaggedSpan } from '../../../src/detect/tagger/tag.ts';

const span = (text: string, value: string, probability = 0.95): TaggedSpan => {
  const start = text.indexOf(value);
  return { start, end: start + value.length, label: 'NAME', probability };
};
const values = (text: string, spans: readonly TaggedSpan[]): string[] =>
  spans.map(({ start, end }) => text.slice(start, end));

describe('linked', () => {
  it('finds the words of a sure name once more, whatever their case', () => {
    const text = 'Mrs Vandersloot came. vandersloot refused; VANDERSLOOT left.';
    expect(values(text, linked(text, [span(text, 'Vandersloot')]))).toEqual([
      'Vandersloot',
      'vandersloot',
      'VANDERSLOOT',
    ]);
  });

  it('wants a capital where the language has the word too', () => {
    const text = 'Ana Brown slept. Brown urine, and Brown again; a brown stain.';
    expect(values(text, linked(text, [span(text, 'Ana Brown')]))).toEqual(['Ana Brown', 'Brown', 'Brown']);
  });

  it('does not follow a name that is in doubt', () => {
    const text = 'Kestrin came. Kestrin left.';
    expect(linked(text, [span(text, 'Kestrin', 0.4)])).toHaveLength(1);
  });
});
