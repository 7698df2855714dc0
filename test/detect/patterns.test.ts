import { describe, expect, it } from 'vitest';
import { patternDetector, textPassage } from '../../src/detect/patterns.ts';

const TAIL = '. Call 563-555-0172, SSN 219-09-9876.';

describe('patterns in a long text', () => {
  it('are looked for however few points and commas it has', () => {
    const text = 'the lungs are clear and the heart is of normal size '.repeat(1200) + TAIL;
    expect(text.length).toBeGreaterThan(50_000);
    const rules = patternDetector()
      .detect(textPassage(text))
      .map(({ category }) => category);
    expect(rules).toEqual(expect.arrayContaining(['D', 'G']));
  });

  it('are looked for in a list of short words', () => {
    const text = 'clear\n'.repeat(10_000) + TAIL;
    expect(patternDetector().detect(textPassage(text)).length).toBeGreaterThan(0);
  });

  it('are not looked for in one block of base64', () => {
    const block = 'JVBERi0xLjQKJeLjz9MKMSAwIG9iago8PC9UeXBlL0NhdGFsb2c'.repeat(1200);
    expect(patternDetector().detect(textPassage(block))).toEqual([]);
  });
});
