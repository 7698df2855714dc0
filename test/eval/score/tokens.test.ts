import { describe, expect, it } from 'vitest';
import { coveredShare, wasRead } from '../../../eval/score/tokens.ts';
import type { Word } from '../../../src/ocr/reader.ts';

const word = (text: string, alternative?: string): Word => ({
  text,
  confidence: 0.9,
  box: [0, 0, 10, 10],
  ...(alternative !== undefined && { alternative }),
});

describe('wasRead', () => {
  it('allows one error in five characters', () => {
    expect(wasRead('GREENHALGE', [word('GREEMHALOE')])).toBe(true);
    expect(wasRead('GREENHALGE', [word('GREEMHAOOE')])).toBe(false);
    expect(wasRead('DOE', [word('DOF')])).toBe(false);
  });

  it('takes any of the readings, and a word that was read together with another', () => {
    expect(wasRead('MARTHA', [word('xx', 'MARTHA')])).toBe(true);
    expect(wasRead('MARTHA', [word('GREENHALGE,MARTHA')])).toBe(true);
  });
});

describe('coveredShare', () => {
  it('counts the pixels of the ink that lie in boxes', () => {
    const token = { text: 'DOE', identifying: true, ink: [1, 1, 5, 1, 9, 1, 20, 1] };
    expect(coveredShare(token, [{ box: [0, 0, 10, 3], kind: 'unsafe' }])).toBe(0.75);
    expect(coveredShare(token, [])).toBe(0);
  });
});
