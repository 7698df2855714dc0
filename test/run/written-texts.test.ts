import { describe, expect, it } from 'vitest';
import { file, header, nativePixels } from '../../fixtures/dicom-image.ts';
import { MARTHA } from '../../fixtures/people.ts';
import { phantom } from '../../fixtures/writer/pixels.ts';
import { readDicom } from '../../src/dicom/file.ts';
import { writtenTexts } from '../../src/run/written-texts.ts';
import { memorySource } from '../../src/splice.ts';

const { bytes } = file(
  nativePixels(
    header('CT', MARTHA, { number: 994, date: '20230101', accession: 'ACC20230101Y1' }, 1)
      .narrativeAt(0x00204000, 'LT', 'lungs clear ') // ImageComments
      .narrativeAt(0x00080070, 'LO', 'Example Maker'), // Manufacturer
    phantom(64, 64),
  ),
);
const texts = writtenTexts(readDicom(memorySource(bytes), { depth: 16, inflatedBytes: 1 << 20 }));

describe('the texts that somebody wrote in a file', () => {
  it('are values of prose, without their padding, with what is known of their place', () => {
    expect(texts).toContainEqual({
      text: 'lungs clear',
      locus: '(0020,4000)',
      place: 'element',
      hints: { format: 'dicom', vr: 'LT', tag: '00204000' },
    });
  });

  it('are none of the maker, and none of numbers, names and codes', () => {
    expect(texts.every(({ hints: { vr = '' } }) => ['LO', 'SH', 'LT', 'ST', 'UT', 'UC'].includes(vr))).toBe(
      true,
    );
    expect(texts.some(({ hints }) => hints.tag === '00080070')).toBe(false);
  });
});
