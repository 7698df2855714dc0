import { describe, expect, it } from 'vitest';
import { biometricsOf, mayShowAnything } from '../../../src/audit/dicom/biometrics.ts';
import { readSecond } from '../../../src/audit/dicom/second-reader.ts';
import { memorySource } from '../../../src/splice.ts';
import { EXPLICIT, el, item, LIMITS, part10, tokens } from './build.ts';

const CLASS = '1.2.840.10008.5.1.4.1.1.';
const PIXELS = el(0x7fe00010, 'OW', Buffer.alloc(4));

function reading(...elements: Buffer[]) {
  const bytes = part10(EXPLICIT, Buffer.concat(elements));
  return readSecond(memorySource(bytes), tokens(bytes), LIMITS);
}
const sop = (suffix: string) => el(0x00080016, 'UI', `${CLASS}${suffix}`);
const modality = (value: string) => el(0x00080060, 'CS', value);
const found = (...elements: Buffer[]) =>
  biometricsOf(reading(...elements)).map(({ category, rule, locus }) => `${category} ${rule} ${locus}`);
const waveform = (code: string) =>
  el(
    0x54000100,
    'SQ',
    item(
      el(
        0x003a0200,
        'SQ',
        item(el(0x003a0208, 'SQ', item(el(0x00080100, 'SH', code), el(0x00080102, 'SH', 'DCM')))),
      ),
    ),
  );

describe('what a file says of itself', () => {
  it.each([
    ['77.1.4', 'Q class.photograph'],
    ['77.1.7', 'Q class.dermoscopic-photograph'],
    ['77.1.1.1', 'Q class.endoscopic-video'],
    ['68.1', 'Q class.surface-scan'],
    ['77.1.5.1', 'P class.ophthalmic-photograph'],
    ['77.1.5.4', 'P class.ophthalmic-tomogram'],
    ['77.1.5.5', 'P class.wide-field-ophthalmic'],
    ['9.4.1', 'P class.voice'],
    ['9.4.2', 'P class.voice'],
  ])('makes the class %s a finding', (suffix, expected) => {
    expect(found(sop(suffix))).toEqual([`${expected} (0008,0016)`]);
  });

  it.each(['2', '4', '6.1', '7', '77.1.1', '77.1.2', '77.1.5.3', '81.1', '9.1.1'])(
    'lets the class %s pass',
    (suffix) => {
      expect(found(sop(suffix), modality('OT'), PIXELS)).toEqual([]);
    },
  );

  it('makes a secondary capture a photograph by its modality, where it has pixels', () => {
    expect(found(sop('7'), modality('XC'), PIXELS)).toEqual(['Q modality.photograph (0008,0060)']);
    expect(found(sop('7'), modality('OP'), PIXELS)).toEqual(['P modality.ophthalmic-photograph (0008,0060)']);
    expect(found(sop('88.11'), modality('XC'))).toEqual([]);
    expect(found(sop('7'), modality('US'), PIXELS)).toEqual([]);
  });

  it('says each category once', () => {
    expect(found(sop('77.1.4'), el(0x00080060, 'CS', 'XC'), el(0x00280302, 'CS', 'YES'), PIXELS)).toEqual([
      'Q class.photograph (0008,0016)',
    ]);
  });

  it('believes a file that calls its patient recognizable, and none that does not', () => {
    expect(found(sop('2'), el(0x00280302, 'CS', 'YES'), PIXELS)).toEqual([
      'Q declared.recognizable (0028,0302)',
    ]);
    expect(found(sop('77.1.4'), el(0x00280302, 'CS', 'NO'), PIXELS)).toEqual([
      'Q class.photograph (0008,0016)',
    ]);
  });

  it('hears voices in the channels of waveforms and videos, and in old curves', () => {
    expect(found(sop('9.1.1'), waveform('109111'))).toEqual([
      'P audio.voice (5400,0100)[0].(003A,0200)[0].(003A,0208)[0].(0008,0100)',
    ]);
    const sound = el(0x003a0300, 'SQ', item(el(0x003a0301, 'US', Buffer.of(1, 0))));
    expect(found(sop('77.1.2.1'), sound, PIXELS)).toEqual(['P audio.voice (003A,0300)']);
    expect(found(sop('2'), el(0x5000200c, 'OB', Buffer.alloc(8)), PIXELS)).toEqual([
      'P audio.voice (5000,200C)',
    ]);
  });

  it('takes the sound of a heart for no voice', () => {
    expect(found(sop('9.4.2'), waveform('109114'))).toEqual([]);
    expect(found(sop('9.1.1'), waveform('109113'))).toEqual([]);
  });

  it('knows the pictures of which nobody says what they show', () => {
    expect(mayShowAnything(reading(sop('7'), PIXELS))).toBe(true);
    expect(mayShowAnything(reading(sop('7')))).toBe(false);
    expect(mayShowAnything(reading(sop('4'), PIXELS))).toBe(false);
  });
});
