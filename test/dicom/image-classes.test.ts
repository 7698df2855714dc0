import { describe, expect, it } from 'vitest';
import { readDicom } from '../../src/dicom/file.ts';
import { lacksPixels } from '../../src/dicom/image-classes.ts';
import { memorySource } from '../../src/splice.ts';
import { part10, raw, text } from './data-set.ts';

const ROWS = raw('00280010', 'US', Uint8Array.of(2, 0));
const of = (sopClass: string, ...more: Uint8Array[]) =>
  lacksPixels(
    readDicom(memorySource(part10([text('00080016', 'UI', sopClass), ROWS, ...more])), {
      depth: 8,
      inflatedBytes: 1 << 20,
    }),
  );

const CT = '1.2.840.10008.5.1.4.1.1.2';

describe('an image without its pixels', () => {
  it.each([
    ['CT', CT],
    ['Segmentation', '1.2.840.10008.5.1.4.1.1.66.4'],
    ['Digital X-Ray - For Presentation', '1.2.840.10008.5.1.4.1.1.1.1'],
    ['retired Ultrasound', '1.2.840.10008.5.1.4.1.1.6'],
  ])('is told by its class: %s', (_, sopClass) => {
    expect(of(sopClass)).toBe(true);
  });

  it.each([
    ['Comprehensive SR', '1.2.840.10008.5.1.4.1.1.88.33'],
    ['Presentation State', '1.2.840.10008.5.1.4.1.1.11.1'],
    ['RT Structure Set', '1.2.840.10008.5.1.4.1.1.481.3'],
    ['RT Dose, which may be curves', '1.2.840.10008.5.1.4.1.1.481.2'],
    ['ECG', '1.2.840.10008.5.1.4.1.1.9.1.1'],
    ['private', '1.2.3.4'],
    ['none', ''],
  ])('is not an object whose class has none: %s', (_, sopClass) => {
    expect(of(sopClass)).toBe(false);
  });

  it('is not a header that says nothing of a picture', () => {
    const header = part10([text('00080016', 'UI', CT)]);
    expect(lacksPixels(readDicom(memorySource(header), { depth: 8, inflatedBytes: 1 << 20 }))).toBe(false);
  });

  it('is not one that has them, or says where they are', () => {
    expect(of(CT, raw('7FE00010', 'OW', new Uint8Array(2)))).toBe(false);
    expect(of(CT, raw('7FE00008', 'OF', new Uint8Array(4)))).toBe(false);
    expect(of(CT, text('00287FE0', 'UR', 'https://example.org/jpip'))).toBe(false);
  });
});
