import { describe, expect, it } from 'vitest';
import { explainHit } from '../../../src/detect/explain.ts';
import { linkDetector } from '../../../src/detect/links/detector.ts';
import { NamesOfFile } from '../../../src/detect/links/names-of-file.ts';
import type { Passage, PassageHints } from '../../../src/model/passage.ts';

const names = new NamesOfFile();
names.learn('Ottoline Vandersloot');

const find = (
  text: string,
  hints: Partial<PassageHints> = {},
  place: Passage['place'] = 'element',
): string[] =>
  linkDetector(names)
    .detect({ text, locus: 'x', place, hints: { format: 'dicom', ...hints } })
    .map(({ start, end }) => [...text].slice(start, end).join(''));

describe('links', () => {
  it('are the words of a name, whole and in any case where somebody wrote what he liked', () => {
    expect(find('films of vandersloot, OTTOLINE', { vr: 'LO' })).toEqual(['vandersloot', 'OTTOLINE']);
    expect(find('😀 Vandersloot', { vr: 'LO' })).toEqual(['Vandersloot']);
    expect(find('vandersloots, xvandersloot, vandersloot2, 7ottoline', { vr: 'LO' })).toEqual([]);
  });

  it('are words with a capital in other places', () => {
    for (const hints of [
      { vr: 'CS' },
      { vr: 'SH', tag: '00181160' },
      { vr: 'LO', tag: '00080070' },
      { codePlace: true },
    ]) {
      expect(find('Vandersloot', hints)).toEqual(['Vandersloot']);
      expect(find('VANDERSLOOT', hints)).toEqual(['VANDERSLOOT']);
      expect(find('vandersloot', hints)).toEqual([]);
    }
  });

  it('are found in names of files in any case, and in no number, date or UID', () => {
    expect(find('scans/vandersloot_ct.dcm', {}, 'file name')).toEqual(['vandersloot']);
    for (const vr of ['DS', 'UI', 'DA', 'TM']) expect(find('Vandersloot', { vr })).toEqual([]);
  });

  it('are suspects that explain themselves', () => {
    const [hit] = linkDetector(names).detect({
      text: 'Vandersloot',
      locus: 'x',
      place: 'text',
      hints: { format: 'text' },
    });
    expect(hit).toMatchObject({ category: 'A', tier: 'suspect', detector: 'links', rule: 'links.name' });
    expect(explainHit({ detector: 'links', rule: 'links.name' })).toBe(
      'the same word stands as a name elsewhere in this file',
    );
  });

  it('are none where the file has no name', () => {
    const none = linkDetector(new NamesOfFile());
    expect(
      none.detect({ text: 'Vandersloot', locus: 'x', place: 'text', hints: { format: 'text' } }),
    ).toEqual([]);
  });
});
