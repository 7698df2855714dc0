import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanXml } from '../../../src/mask/documents/xml.ts';
import { xmlTokens } from '../../../src/mask/documents/xml-tokens.ts';
import { wordCleaner } from '../hl7/doubles.ts';

const cleaner = wordCleaner(['Quillfeather', 'Ottoline', 'a & b']);
const clean = (source: string, dates: 'year' | 'remove' | 'keep' | 'shift' = 'year') =>
  cleanXml(source, { cleaner, dates });
const CDA = (inside: string) => `<ClinicalDocument xmlns="urn:hl7-org:v3">${inside}</ClinicalDocument>`;

describe('cleanXml', () => {
  it('replaces what is found and leaves all else as it was', () => {
    expect(clean('<?xml version="1.0"?>\n<a  b = "c" ><d/>Seen Quillfeather &amp; me</a>\n')).toBe(
      '<?xml version="1.0"?>\n<a  b = "c" ><d/>Seen [X] &amp; me</a>\n',
    );
  });

  it('finds what stands in parts between tags of a line, behind references, and in CDATA', () => {
    expect(clean('<t>Qu<content>ill</content>feather!</t>')).toBe('<t>[X]<content></content>!</t>');
    expect(clean('<t>Ottol&#105;ne, a &amp; b</t>')).toBe('<t>[X], [X]</t>');
    expect(clean('<t><![CDATA[<Ottoline> & co]]></t>')).toBe('<t>&lt;[X]&gt; &amp; co</t>');
    expect(clean('<t><p>Quill</p><p>feather</p></t>')).toBe('<t><p>Quill</p><p>feather</p></t>');
  });

  it('takes out comments, instructions, and attributes in which anything is found', () => {
    expect(clean('<a b="by Ottoline" c="d"><!-- remark --><?word Ottoline?>x</a>')).toBe('<a c="d">x</a>');
  });

  it('says masked where a clinical document names, places or counts somebody, and keeps the year', () => {
    const source = CDA(
      '<id root="1.2" extension="77"/><effectiveTime value="20190507101112"/><recordTarget><patientRole>' +
        '<addr><city>Riga</city></addr><telecom value="tel:1"/><patient><name><given>X</given></name>' +
        '<birthTime value="19200301"/></patient></patientRole></recordTarget>',
    );
    expect(clean(source)).toBe(
      CDA(
        '<id nullFlavor="MSK"/><effectiveTime value="2019"/><recordTarget><patientRole>' +
          '<addr nullFlavor="MSK"/><telecom nullFlavor="MSK"/><patient><name nullFlavor="MSK"/>' +
          '<birthTime nullFlavor="MSK"/></patient></patientRole></recordTarget>',
      ),
    );
    expect(clean(CDA('<effectiveTime value="20190507"/>'), 'remove')).toBe(CDA('<effectiveTime/>'));
  });

  it('keeps the name of a medicine, and masks that of an organisation', () => {
    const drug = CDA('<manufacturedMaterial><name>Ramipril</name></manufacturedMaterial>');
    expect(clean(drug)).toBe(drug);
    expect(clean(CDA('<custodianOrganization><name>Clinic</name></custodianOrganization>'))).toBe(
      CDA('<custodianOrganization><name nullFlavor="MSK"/></custodianOrganization>'),
    );
  });

  it('keeps no file that is packed in the document', () => {
    expect(clean(CDA('<value representation="B64">iVBORw==</value><b/>'))).toBe(
      CDA('<value nullFlavor="MSK"/><b/>'),
    );
  });

  it('cleans nothing that is not well-formed or declares entities', () => {
    for (const source of ['<a>', '<a></b', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<a b=c/>', '</a>'])
      expect(clean(source)).toBeUndefined();
  });

  it('gives a document back that has nothing in it to be found, whatever it is', () => {
    const leaf = fc.constantFrom('x', ' ', '&lt;', '&#233;', '<b c="d"/>', '\u{1F600}');
    const tree = fc.array(leaf, { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        const source = `<r>${a}<s>${b}</s>${a}</r>`;
        expect(clean(source)).toBe(source);
      }),
    );
  });
});

describe('xmlTokens', () => {
  it('covers every character of what it takes apart', () => {
    const part = fc.constantFrom('<a>', '</a>', '<b c="d"/>', 'x', '<!-- y -->', '<![CDATA[z]]>', '<', '&');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const source = parts.join('');
        let at = 0;
        for (const { start, end } of xmlTokens(source) ?? []) {
          expect(start).toBe(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        if (xmlTokens(source) !== undefined) expect(at).toBe(source.length);
      }),
    );
  });
});
