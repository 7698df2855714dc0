import { describe, expect, it } from 'vitest';
import { fileNamePassages, textPassage } from '../../src/audit/text.ts';

describe('plain text', () => {
  it('leaves the byte-order mark out and line ends as they are', () => {
    expect(textPassage(Buffer.from('\ufeffa,b\r\nMüller\n')).text).toBe('a,b\r\nMüller\n');
    expect(textPassage(Buffer.from('\ufeffMüller\r\n', 'utf16le')).text).toBe('Müller\r\n');
  });

  it('reads bytes that are no UTF-8 as windows-1252', () => {
    expect(textPassage(Buffer.from('M\xfcller', 'latin1')).text).toBe('Müller');
  });

  it('says of binary files that they were not searched', () => {
    expect(() => textPassage(Uint8Array.of(1, 0, 2, 0))).toThrow(
      expect.objectContaining({ code: 'not-searched' }),
    );
  });
});

describe('file names', () => {
  it('are a passage, folders and all', () => {
    expect(fileNamePassages('MUSTER_ANNA\\ct\\1.dcm', 'dicom')).toEqual([
      { text: 'MUSTER_ANNA/ct/1.dcm', locus: 'filename', place: 'file name', hints: { format: 'dicom' } },
    ]);
    expect(fileNamePassages('', 'dicom')).toEqual([]);
  });
});
