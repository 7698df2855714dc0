import { describe, expect, it } from 'vitest';
import { findElement } from '../../../src/dicom/file.ts';
import { asciiValue } from '../../../src/dicom/values.ts';
import { part10, raw, text } from '../../dicom/data-set.ts';
import { masked } from './mask.ts';

const CLASS = '1.2.840.10008.5.1.4.1.1.';
const PIXELS = raw('7FE00010', 'OW', Buffer.alloc(2));

/** (0028,0302) of the masked file. */
function stated(elements: Uint8Array[], showsFace = false): string | undefined {
  const { file } = masked(part10(elements), {}, { showsFace: () => showsFace });
  const element = findElement(file.dataSet, 0x00280302);
  return element && asciiValue(file.body, element);
}
const ofClass = (suffix: string) => text('00080016', 'UI', `${CLASS}${suffix}`);
const declared = (value: string) => text('00280302', 'CS', value);

describe('Recognizable Visual Features of a masked file', () => {
  it('is YES for photographs, by class and by modality', () => {
    expect(stated([ofClass('77.1.4'), PIXELS])).toBe('YES');
    expect(stated([ofClass('7'), text('00080060', 'CS', 'XC'), PIXELS])).toBe('YES');
  });

  it('is YES for a slice of a series that would render a face', () => {
    expect(stated([ofClass('2'), PIXELS], true)).toBe('YES');
  });

  it('is not said of other pictures, nor where there are no pixels', () => {
    expect(stated([ofClass('2'), PIXELS])).toBeUndefined();
    expect(stated([ofClass('77.1.5.1'), PIXELS])).toBeUndefined();
    expect(stated([ofClass('68.1')])).toBeUndefined();
  });

  it('keeps the YES of its writer, and never a NO', () => {
    expect(stated([ofClass('2'), declared('YES'), PIXELS])).toBe('YES');
    expect(stated([ofClass('2'), declared('NO'), PIXELS])).toBeUndefined();
    expect(stated([ofClass('77.1.4'), declared('NO'), PIXELS])).toBe('YES');
  });
});
