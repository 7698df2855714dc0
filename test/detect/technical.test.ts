import { describe, expect, it } from 'vitest';
import { nameDetector } from '../../src/detect/names/gazetteer.ts';
import { patternDetector } from '../../src/detect/patterns.ts';
import type { PassageHints } from '../../src/model/passage.ts';

const detectors = [patternDetector(), nameDetector()];
const find = (
  text: string,
  hints: Partial<PassageHints> = {},
  options?: Parameters<typeof patternDetector>[0],
): string[] =>
  (options ? [patternDetector(options)] : detectors).flatMap((detector) =>
    detector
      .detect({ text, locus: 'x', place: 'element', hints: { format: 'dicom', ...hints } })
      .map((hit) => hit.rule),
  );

describe('technical values are no identifiers', () => {
  it.each([
    'syngo MR E11',
    'N4_VE11C_LATEST_20160120',
    'VB20P',
    '1.2.3.4',
    'v4.7.0.12',
    '10.0.1',
    'ISO_IR 100',
    'ISO 2022 IR 87',
    '0.5\\0.5',
    '1\\0\\0\\0\\1\\0',
    'ORIGINAL\\PRIMARY\\AXIAL',
    'T1_AX_3mm',
    't2_tse_sag_320',
    'ep2d_diff_b0_b1000',
    'Thorax^1_ThoraxRoutine (Adult)',
    'Head^BRAIN',
    'Specials^CaScoring',
    'Stage Duke B.',
    'Forrest IIa, Duke A, Clark IV, Child-Pugh C',
    'CT ABDOMEN W/O CONTRAST',
    'MR BRAIN W WO',
    'SAG T2 FSE',
    'AX FLAIR 5/1',
    'LOC',
    '3 PLANE LOC',
    'Chest PA & LATERAL',
    '12345-6',
    '30525-0',
    '718-7',
    'LN',
    'SNM3',
    'T-D1100',
    'R-40FB9',
    '110180',
    'GE MEDICAL SYSTEMS',
    'Philips Medical Systems',
    'SIEMENS',
    'LIGHTSPEED VCT',
    'Ingenia Elition X',
    'HELICAL MODE',
    'SOFT TISSUE',
    'B30f',
    'I31f\\3',
    '120/80',
    '8/10',
    '37.2 C',
    '5 mg PO q6h',
    '3 x 4 x 5 cm',
    '98 % on 2 L',
    '1.2.840.10008.5.1.4.1.1.2',
    '2.16.840.1.113883.6.1',
    'http://loinc.org',
    'HL7^2.5.1',
    'ADT^A01',
    'UTF-8',
    'P',
    'M',
    'HFS',
    'FFDM 4.0',
    'Axial 2.5mm Lung',
    '2021',
    '19620101',
    '1,000,000',
    '6.02e23',
    '0x7FE0',
    'Lossy JPEG 10:1',
    'dcm4che-2.0',
    'OFFIS_DCMTK_362',
    'EFilm',
    'Wells score of 8',
    'T12-L1',
    'C5-6',
    'BI-RADS 4',
    'COVID-19',
    'Gleason 3+4=7',
    'Framingham Risk Score',
    'Babinski sign',
    'Guillain-Barré syndrome',
    'Foley catheter',
    'normal, no change',
    '500 ml over 2 hours',
    'GFR 45 mL/min/1.73',
    'CT 3.0 T 64 SLICE',
    'ROUTINE ABDOMEN, PELVIS',
    'Series 1 of 12',
    'Slice 12/120',
    'TE 2.46 TR 1900',
    'A 5-year-old boy',
    '89 yo female',
    'age 45',
    'MR Prostate',
    'MR Cardiac',
    'MR Shoulder Right',
    'MR Angio Head',
    'MR Enterography',
    'MR Dixon Liver',
    'DR Chest PA',
    'DR CHEST 2 VIEWS',
    'Chest P.A. and lateral',
    'MS Plaques',
    'Miss Lateral',
    '27\\LX\\MR Software release:DV25_R02_1549.b',
    'DTI MD',
    'Person Observer Name',
    'Person Role in Procedure',
    'Parkinson Disease',
    'Comparison Radiograph',
    'Designed by Siemens Healthineers',
  ])('%s', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('versions and models of the equipment look like dates and codes', () => {
    for (const text of ['11/04/27', 'Apr 19 2011', 'MR Release 2004V', 'SSD-4000']) {
      expect(find(text, { keyword: 'SoftwareVersions', vr: 'LO' })).toEqual([]);
    }
  });

  it('numbers and times stay unread in places made for them', () => {
    expect(find('3125550142', { vr: 'DS' })).toEqual([]);
    expect(find('101500.123', { vr: 'TM' })).toEqual([]);
    expect(find('1.3.12.2.1107.5.2.6.24119', { vr: 'UI' })).toEqual([]);
  });
});

describe('dates', () => {
  it('in places made for dates are leaks unless masked', () => {
    expect(find('20220314', { vr: 'DA' })).toEqual(['date.field']);
    expect(find('20220314101500', { dataType: 'TS' })).toEqual(['date.field']);
    expect(find('20220101', { vr: 'DA' })).toEqual([]);
    expect(find('2022', { dataType: 'DTM' })).toEqual([]);
  });

  it('of a project that shifts them are expected in those places alone', () => {
    expect(find('20220314', { vr: 'DA' }, { dates: 'expected' })).toEqual([]);
    expect(find('on 3/14/2022', {}, { dates: 'expected' })).toEqual(['date.numeric']);
    expect(find('on 3/14/2022', {}, { dates: 'kept' })).toEqual([]);
    expect(find('a 94 year old', {}, { dates: 'kept' })).toEqual(['age.years']);
  });
});

describe('the label of a passage', () => {
  it('is context for what stands in it', () => {
    expect(find('3125550142', { label: 'Comments' })).toEqual([]);
    expect(find('3125550142', { label: 'Phone number' })).toEqual(['phone.compact']);
    expect(find('523456789', { keyword: 'SocialSecurityNumber' })).toContain('ssn.compact');
  });
});
