import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looseObjects } from '../../../src/documents/pdf/objects.ts';
import { pdfStrings } from '../../../src/documents/pdf/strings-of-objects.ts';
import { bytesOf, textsOf } from '../collect.ts';
import { LIMITS } from '../limits.ts';
import { onePage, showing, stream } from './write.ts';

const strings = (source: string | Uint8Array): string[] => [
  ...pdfStrings(Buffer.from(source as string, 'latin1')),
];

describe('pdfStrings', () => {
  it('reads escapes, brackets in brackets, octal codes, hex and UTF-16', () => {
    expect(strings('/A (Otto\\154ine \\(Q\\)) /B (in (side) out) /C <4f74746f> /D << /E 1 >>')).toEqual([
      'Ottoline (Q)',
      'in (side) out',
      'Otto',
    ]);
    expect(strings('<FEFF004D00FC006C006C00650072>')).toEqual(['Müller']);
  });

  it('leaves digests and keys out, and comes to an end on any bytes', () => {
    expect(strings('<0001fe7799> (\\000\\001\\002\\003\\004)')).toEqual([]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect([...pdfStrings(bytes)].length).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });

  it('gives back any text that is written as a string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 30 }), (text) => {
        fc.pre(/[A-Za-z0-9]{2}/.test(text) && text.trim().length >= 4);
        const written = text.replace(/[\\()]/g, '\\$&');
        expect(strings(`(${written})`)).toEqual([text]);
      }),
    );
  });
});

describe('looseObjects', () => {
  const loose = (bytes: Buffer, seen: string[] = []) => [...looseObjects(bytes, new Set(seen), LIMITS)];

  it('finds what nothing refers to: strings, object streams, XML', () => {
    const packed = deflateSync('9 0 << /Name (Orphaned Name) >>');
    const bytes = onePage(showing('page text'), [
      '<< /Type /Sig /Name (Signed by Ottoline) /Reason (approved) >>',
      stream('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', packed),
      stream('/Filter /FlateDecode', deflateSync('<?xml version="1.0"?><xdp>In a form</xdp>')),
    ]);
    const parts = loose(bytes);
    expect(textsOf(parts).join()).toMatch(/Signed by Ottoline[\s\S]*Orphaned Name/);
    expect(bytesOf(parts).join()).toContain('In a form');
    expect(textsOf(parts).join()).not.toContain('page text');
  });

  it('says nothing twice, and nothing of an encrypted file', () => {
    const bytes = onePage(showing('x'), ['<< /Name (Ottoline) >>']);
    expect(loose(bytes, ['Ottoline'])).toEqual([]);
    expect(loose(onePage('', ['<< /Name (Ottoline) >>'], { trailer: '/Encrypt 9 0 R' }))).toEqual([]);
  });
});
