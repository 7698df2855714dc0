import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentPart, DocumentText } from '../../../src/documents/document.ts';
import { readXml } from '../../../src/documents/xml/reader.ts';

const read = (source: string | Uint8Array, html = false): DocumentPart[] => [
  ...readXml(typeof source === 'string' ? Buffer.from(source) : source, { html }),
];
const texts = (parts: readonly DocumentPart[]): DocumentText[] =>
  parts.filter((part): part is DocumentText => part.kind === 'text');
/** The second text is what a reader sees. */
const seen = (source: string, html = false): string => texts(read(source, html))[1]?.text.trim() ?? '';

const CDA = (inside: string) => `<ClinicalDocument xmlns="urn:hl7-org:v3">${inside}</ClinicalDocument>`;

describe('readXml', () => {
  it('gives the characters as they stand, comments and declarations too', () => {
    const source = '<!DOCTYPE a [<!ENTITY who "Ottoline">]><a b="c"><!-- remark -->&who;</a>';
    expect(texts(read(source))[0]).toEqual({ kind: 'text', locus: 'text', text: source });
  });

  it('joins text over tags within a line, and parts it at blocks', () => {
    expect(seen('<p>Qu<b>ill</b>feather</p><p>next</p>', true)).toBe('Quillfeather\nnext');
    expect(seen(CDA('<text>Qu<content>ill</content>feather</text>'))).toBe('Quillfeather');
  });

  it('resolves references but expands no entity of the document', () => {
    expect(seen('<!DOCTYPE a [<!ENTITY a "1"><!ENTITY b "&a;&a;">]><x>M&#252;ller &amp; &b;</x>')).toContain(
      'Müller & &b;',
    );
  });

  it('says where each piece stands in the file, in code points', () => {
    const source = '<a>\u{1F600}<b>M&#252;ller</b></a>';
    const pieces = texts(read(source))[1]?.pieces ?? [];
    const points = [...source];
    for (const { text, at } of pieces.filter((piece) => !/[\nü]/.test(piece.text)))
      expect(points.slice(at, at + [...text].length).join('')).toBe(text);
    expect(pieces.find(({ text }) => text === 'ü')?.at).toBe(points.indexOf('&'));
  });

  it('knows the places of a clinical document that say what they hold, and no others', () => {
    const parts = texts(
      read(
        CDA(
          '<patientRole><id extension="Z-1"/><patient><name><given>Ottoline</given></name>' +
            '<birthTime value="19500301"/></patient></patientRole>' +
            '<custodianOrganization><name>Example</name></custodianOrganization>' +
            '<manufacturedMaterial><name>Ramipril</name></manufacturedMaterial>',
        ),
      ),
    );
    const typed = parts.filter((part) => part.typed !== undefined).map((part) => [part.typed, part.text]);
    expect(typed).toEqual([
      ['H', 'Z-1'],
      ['A', 'Ottoline'],
      ['C', '19500301'],
    ]);
    expect(texts(read('<svg><name>Ottoline</name></svg>')).every(({ typed }) => typed === undefined)).toBe(
      true,
    );
  });

  it('reads values of attributes that hold references', () => {
    expect(texts(read('<a b="O&apos;Quill"/>')).map(({ text }) => text)).toContain("O'Quill");
  });

  it('hands on payloads in base64, and says where they are none', () => {
    const parts = read(CDA('<value representation="B64" mediaType="image/png">iVBO Rw==</value>'));
    expect(parts).toContainEqual(
      expect.objectContaining({
        kind: 'document',
        mediaType: 'image/png',
        bytes: Buffer.from('iVBORw==', 'base64'),
      }),
    );
    expect(read('<img src="data:image/gif;base64,R0lG"/>', true)).toContainEqual(
      expect.objectContaining({ kind: 'document', mediaType: 'image/gif' }),
    );
    expect(read(CDA('<value representation="B64">!!!</value>'))).toContainEqual(
      expect.objectContaining({ kind: 'unread' }),
    );
  });

  it('decodes by the encoding that the document names, and as UTF-8 where that gives another text', () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>Müller</a>', 'latin1');
    expect(texts(read(latin))[1]?.text).toContain('Müller');
    const lying = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>Müller</a>');
    expect(texts(read(lying)).some(({ text }) => text.includes('Müller'))).toBe(true);
  });

  it('refuses elements without end in elements', () => {
    expect(() => read('<a>'.repeat(100_000))).toThrow(expect.objectContaining({ code: 'too-deep' }));
  });

  it('loses no letter of a text, whatever the markup around it', () => {
    const part = fc.constantFrom(
      '<a>',
      '</a>',
      '<b c="d">',
      '<!-- x -->',
      '<br/>',
      '&lt;',
      '<![CDATA[',
      ']]>',
      'Q',
      ' ',
      '<',
      '>',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const source = parts.join('');
        const all = texts(read(source, true));
        expect(all[0]?.text).toBe(source);
      }),
    );
  });
});
