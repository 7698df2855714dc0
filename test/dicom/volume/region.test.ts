import { describe, expect, it } from 'vitest';
import { regionOfSeries, statedRegion } from '../../../src/dicom/volume/region.ts';

const nothing = { codes: [], bodyPart: '', descriptions: [] };

describe('the region that a file states', () => {
  it.each([
    ['HEAD', 'head'],
    ['Head and Neck', 'head'],
    ['TMJ', 'head'],
    ['NECK', 'near'],
    ['WHOLE BODY', 'near'],
    ['CSPINE', 'elsewhere'],
    ['C-SPINE', 'elsewhere'],
    ['KNEE', 'elsewhere'],
    ['SOMETHING', 'unstated'],
    ['', 'unstated'],
  ])('by Body Part Examined %s is %s', (bodyPart, region) => {
    expect(statedRegion({ ...nothing, bodyPart })).toBe(region);
  });

  it.each([
    ['t1_mprage_sag_p2_iso', 'head'],
    ['CT Brain w/o contrast', 'head'],
    ['Schaedel nativ', 'head'],
    ['Skull base to mid-thigh', 'near'],
    ['PET CT whole body', 'near'],
    ['CT HEAD + CHEST', 'near'],
    ['femoral head 3D', 'elsewhere'],
    ['thin lung', 'elsewhere'],
    ['AX T1 POST', 'unstated'],
    ['HEADER_CORRECTED interface', 'unstated'],
  ])('by its description %s is %s', (description, region) => {
    expect(statedRegion({ ...nothing, descriptions: ['', description] })).toBe(region);
  });

  it('goes by a code before Body Part Examined, and by that before descriptions', () => {
    expect(statedRegion({ codes: ['12738006'], bodyPart: 'CHEST', descriptions: ['knee'] })).toBe('head');
    expect(statedRegion({ codes: ['0'], bodyPart: 'CHEST', descriptions: ['brain'] })).toBe('elsewhere');
  });

  it('of a series is that of the file that shows most of a head', () => {
    expect(regionOfSeries(['unstated', 'elsewhere', 'head'])).toBe('head');
    expect(regionOfSeries(['elsewhere', 'near'])).toBe('near');
    expect(regionOfSeries([])).toBe('unstated');
  });
});
