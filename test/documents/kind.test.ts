import { describe, expect, it } from 'vitest';
import { documentKind } from '../../src/documents/kind.ts';

const kind = (content: string | Buffer, mediaType?: string): string | undefined =>
  documentKind(Buffer.isBuffer(content) ? content : Buffer.from(content, 'latin1'), mediaType);

describe('documentKind', () => {
  it.each([
    ['%PDF-1.4', 'pdf'],
    ['HTTP headers\r\n%PDF-1.4', 'pdf'],
    ['{\\rtf1 x}', 'rtf'],
    ['<?xml version="1.0"?><a/>', 'xml'],
    ['  <!-- c --><ClinicalDocument xmlns="urn:hl7-org:v3">', 'xml'],
    ['<svg width="1">', 'xml'],
    ['<!DOCTYPE html><html>', 'html'],
    ['<p>x</p>', 'html'],
    ['<?xml version="1.0"?><!DOCTYPE html><html xmlns="x">', 'html'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['GIF89a', 'gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'webp'],
    ['II*\0', 'tiff'],
    ['plain words, 2 < 3 and <not markup', 'text'],
    ['{"a": 1}', 'text'],
    ['\0\x01\x02', undefined],
  ])('takes %j for %s', (content, expected) => {
    expect(kind(content)).toBe(expected);
  });

  it('reads the form of UTF-16, with a mark and without', () => {
    const wide = Buffer.from('<?xml version="1.0"?><a/>', 'utf16le');
    expect(kind(wide)).toBe('xml');
    expect(kind(Buffer.concat([Buffer.from([0xff, 0xfe]), wide]))).toBe('xml');
    expect(kind(Buffer.from(wide).swap16())).toBe('xml');
  });

  it('tells a model by its number of triangles, and one in words by its name for text', () => {
    const stl = Buffer.alloc(84 + 100);
    stl.writeUInt32LE(2, 80);
    expect(kind(stl)).toBe('stl');
    stl.writeUInt32LE(3, 80);
    expect(kind(stl)).toBeUndefined();
    expect(kind('solid knee\nfacet normal 0 0 1', 'model/stl')).toBe('text');
  });

  it('believes the container where the bytes have no mark of their own', () => {
    expect(kind('name only', 'text/xml')).toBe('xml');
    expect(kind('%PDF-1.4', 'text/xml')).toBe('pdf');
  });
});
