import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataElement } from '../../../src/dicom/element.ts';
import { formatTag } from '../../../src/dicom/tag.ts';
import { asciiValue } from '../../../src/dicom/values.ts';
import {
  BIG_ENDIAN,
  EXPLICIT,
  IMPLICIT,
  openSequence,
  part10,
  raw,
  sequence,
  text,
} from '../../dicom/data-set.ts';
import { type MaskedFile, masked } from './mask.ts';

const at = (
  { file }: MaskedFile,
  tag: string,
  elements: readonly DataElement[] = file.dataSet,
): string | undefined => {
  const element = elements.find((candidate) => formatTag(candidate.tag) === tag);
  return element === undefined ? undefined : asciiValue(file.body, element);
};
const inner = ({ file }: MaskedFile, tag: string): readonly DataElement[] =>
  file.dataSet.find((element) => formatTag(element.tag) === tag)?.items?.[0]?.elements ?? [];

const PERSON = [
  text('00080018', 'UI', '1.2.3.4.5'),
  text('00080020', 'DA', '20190412'),
  text('00080030', 'TM', '101112'),
  text('00080050', 'SH', 'ACC77'),
  text('00100010', 'PN', 'Harrowgate^Edna'),
  text('00100020', 'LO', '4410077'),
  text('00100030', 'DA', '19610314'),
];

describe('masking a DICOM file', () => {
  it('puts codes in the place of name, id and accession, and keeps their links', () => {
    const result = masked(part10(PERSON));
    expect(at(result, '(0010,0010)')).toBe('P7');
    expect(at(result, '(0010,0020)')).toBe('P7');
    expect(at(result, '(0008,0050)')).toBe('ORD5');
    expect(result.bytes.includes('Harrowgate')).toBe(false);
  });

  it('masks dates by the rule of the project', () => {
    const dates = (settings: object) => [
      at(masked(part10(PERSON), settings), '(0008,0020)'),
      at(masked(part10(PERSON), settings), '(0010,0030)'),
    ];
    expect(dates({})).toEqual(['20190101', '19610101']);
    expect(dates({ dates: 'shift' })).toEqual(['20190422', '19610324']);
    expect(dates({ dates: 'remove' })).toEqual(['', '']);
    expect(dates({ dates: 'keep' })).toEqual(['20190412', '19610314']);
  });

  it('takes a birth year away that shows an age over 89, and caps the age', () => {
    const old = part10([
      ...PERSON.slice(0, -1),
      text('00100030', 'DA', '19300101'),
      text('00101010', 'AS', '093Y'),
    ]);
    const result = masked(old);
    expect(at(result, '(0010,0030)')).toBe('');
    expect(at(result, '(0010,1010)')).toBe('090Y');
  });

  it('replaces instance UIDs in the data set, in sequences and in the meta group by one and the same, and keeps classes', () => {
    const result = masked(
      part10(
        [
          text('00080016', 'UI', '1.2.840.10008.5.1.4.1.1.2'),
          ...PERSON,
          sequence('00081140', [
            [text('00081150', 'UI', '1.2.840.10008.5.1.4.1.1.2'), text('00081155', 'UI', '1.2.3.4.5')],
          ]),
        ].sort(byTag),
      ),
    );
    const uid = at(result, '(0008,0018)');
    expect(uid).toMatch(/^2\.25\.\d+$/);
    expect(at(result, '(0008,1155)', inner(result, '(0008,1140)'))).toBe(uid);
    expect(at(result, '(0008,1150)', inner(result, '(0008,1140)'))).toBe('1.2.840.10008.5.1.4.1.1.2');
    expect(at(result, '(0002,0003)', result.file.meta)).toBe(uid);
    expect(at(result, '(0008,0016)')).toBe('1.2.840.10008.5.1.4.1.1.2');
  });

  it('decides by VR where the table is silent', () => {
    const result = masked(
      part10([
        ...PERSON,
        text('00189004', 'CS', 'PRODUCT'),
        text('00400281', 'ST', 'seen by Harrowgate'),
        text('0040A13A', 'DT', '20190412101112'),
        text('00741052', 'AT', ''),
        text('00880904', 'LO', 'topic'),
        text('01000411', 'UT', 'x'),
        text('99980010', 'LO', 'unknown to every edition'),
      ]),
    );
    expect(at(result, '(0018,9004)')).toBe('PRODUCT');
    expect(at(result, '(0040,A13A)')).toBe('2019');
    expect(result.bytes.includes('Harrowgate')).toBe(false);
    expect(at(result, '(9998,0010)')).toBeUndefined();
  });

  it('cleans descriptors instead of emptying them, and removes them where the project says so', () => {
    const file = part10([...PERSON, text('0008103E', 'LO', 'Thorax Harrowgate 5mm')].sort(byTag));
    expect(at(masked(file), '(0008,103E)')).toBe('Thorax [NAME] 5mm');
    expect(at(masked(file, { descriptors: 'remove' }), '(0008,103E)')).toBeUndefined();
  });

  it('keeps safe private elements with their creator, and no others', () => {
    const file = part10([
      ...PERSON,
      text('00190010', 'LO', 'GEMS_ACQU_01'),
      text('00191023', 'DS', '5.0'),
      text('00191024', 'LO', 'Harrowgate'),
      text('00290010', 'LO', 'ACME 1.0'),
      text('00291001', 'LO', 'Harrowgate'),
    ]);
    const kept = masked(file);
    expect(at(kept, '(0019,0010)')).toBe('GEMS_ACQU_01');
    expect(at(kept, '(0019,1023)')).toBe('5.0');
    expect(at(kept, '(0029,0010)')).toBeUndefined();
    expect(kept.bytes.includes('Harrowgate')).toBe(false);
    expect(at(masked(file, { privateElements: 'remove' }), '(0019,1023)')).toBeUndefined();
  });

  it('writes an opaque sequence in plain, its content masked', () => {
    const content = sequence(
      '0040A30A',
      [[text('00100010', 'PN', 'Harrowgate^Edna', IMPLICIT), text('00321060', 'LO', 'MR knee', IMPLICIT)]],
      IMPLICIT,
    );
    const result = masked(part10([...PERSON, raw('00081199', 'UN', content.subarray(8))].sort(byTag)));
    const plain = result.file.dataSet.find(({ tag }) => formatTag(tag) === '(0008,1199)');
    expect(plain?.vr).toBe('SQ');
    expect(plain?.items?.[0]?.elements[0]?.encoding.explicit).toBe(true);
    expect(result.bytes.includes('Harrowgate')).toBe(false);
  });

  it('leaves neither preamble nor trailing bytes, duplicates, group lengths, overlays nor private meta information', () => {
    const whole = part10([
      raw('00080000', 'UL', Buffer.alloc(4)),
      ...PERSON,
      text('00100010', 'PN', 'Harrowgate^Again'),
      raw('60003000', 'OW', Buffer.from('Harrowgate!!')),
      text('60000022', 'LO', 'Harrowgate'),
      raw('7FE00010', 'OW', Buffer.alloc(16, 7)),
    ]);
    whole.write('Harrowgate was here', 0, 'latin1');
    const result = masked(Buffer.concat([whole, Buffer.from('Harrowgate trailing')]));
    expect(result.bytes.includes('Harrowgate')).toBe(false);
    expect(result.file.trailingLength).toBe(0);
    expect(result.file.dataSet.every(({ duplicate }) => duplicate === 0)).toBe(true);
    expect(result.bytes.subarray(-16)).toEqual(Buffer.alloc(16, 7));
  });

  it('says truthfully what was done', () => {
    const result = masked(part10([...PERSON, raw('7FE00010', 'OW', Buffer.alloc(2))]), {
      dates: 'shift',
      descriptors: 'remove',
    });
    expect(at(result, '(0012,0062)')).toBe('YES');
    expect(at(result, '(0028,0303)')).toBe('MODIFIED');
    expect(at(result, '(0028,0301)')).toBe('NO');
    const codes = result.file.dataSet.find(({ tag }) => formatTag(tag) === '(0012,0064)')?.items ?? [];
    const values = codes.map(({ elements }) => at(result, '(0008,0100)', elements));
    expect(values).toContain('113107');
    expect(values).not.toContain('113105');
    expect(at(masked(part10(PERSON)), '(0028,0301)')).toBeUndefined();
  });

  it.each([
    ['nothing', [], 'YES', true, 'REMOVED'],
    ['an identifier of the patient', ['PatientID'], 'NO', false, 'REMOVED'],
    ['a text that holds one', ['ImageComments'], 'NO', false, 'REMOVED'],
    ['a text that holds none', ['SeriesDescription'], 'YES', true, 'REMOVED'],
    ['what an option of the profile lets stay', ['StationName', 'StudyInstanceUID'], 'YES', false, 'REMOVED'],
    ['a date', ['StudyDate'], 'YES', false, 'MODIFIED'],
    ['what stays anyway', ['Modality'], 'YES', true, 'REMOVED'],
  ])('says truthfully what rules kept: %s', (_, places, identity, hasCodes, dates) => {
    const file = part10(
      [
        ...PERSON,
        text('00081010', 'SH', 'CT-2 EAST'),
        text('0008103E', 'LO', 'axial 5 mm'),
        text('00204000', 'LT', 'comment of Harrowgate'),
      ].sort(byTag),
    );
    const keep = places.map((at) => ({ at, action: { do: 'keep' } }));
    const claim = { at: 'PatientIdentityRemoved', action: { do: 'add', value: 'YES' } };
    const result = masked(file, { rules: { dicom: [...keep, claim] } });
    expect(at(result, '(0012,0062)')).toBe(identity);
    expect(at(result, '(0028,0303)')).toBe(dates);
    const tags = result.file.dataSet.map(({ tag }) => formatTag(tag));
    expect(tags.includes('(0012,0064)')).toBe(hasCodes);
    expect(at(result, '(0012,0063)')).toMatch(hasCodes ? /safe-harbor$/ : /kept by rules of the project$/);
  });

  it('applies the rules of the project, the later one where two fit', () => {
    const file = part10(
      [
        ...PERSON,
        text('00081090', 'LO', 'Model 7'),
        sequence('00400275', [[text('00401001', 'SH', 'RP-1')]]),
      ].sort(byTag),
    );
    const result = masked(file, {
      rules: {
        dicom: [
          { at: '*Date', action: { do: 'keep' } },
          { at: 'PatientBirthDate', action: { do: 'remove' } },
          {
            at: 'RequestAttributesSequence.RequestedProcedureID',
            action: { do: 'replace', with: 'for {patient}' },
          },
          {
            at: 'ManufacturerModelName',
            when: { at: 'AccessionNumber', equals: 'ACC77' },
            action: { do: 'empty' },
          },
          { at: 'ClinicalTrialProtocolID', action: { do: 'add', value: 'TRIAL-7' } },
          { at: '(0008,0050)', action: { do: 'regex', pattern: '[0-9]+', with: 'x' } },
        ],
      },
    });
    expect(at(result, '(0008,0020)')).toBe('20190412');
    expect(at(result, '(0010,0030)')).toBeUndefined();
    expect(at(result, '(0008,1090)')).toBe('');
    expect(at(result, '(0012,0020)')).toBe('TRIAL-7');
    expect(at(result, '(0008,0050)')).toBe('ACCx');
  });

  it('adds and replaces numbers as numbers, and its own statement gives way to a rule', () => {
    const file = part10(
      [...PERSON, raw('00280010', 'US', Uint8Array.of(2, 0)), raw('00289411', 'FL', new Uint8Array(4))].sort(
        byTag,
      ),
    );
    const result = masked(file, {
      rules: {
        dicom: [
          { at: 'Rows', action: { do: 'replace', with: '512' } },
          { at: 'Columns', action: { do: 'add', value: '256' } },
          { at: 'DeidentificationMethod', action: { do: 'add', value: 'by hand' } },
        ],
      },
    });
    const bytes = (tag: string) => {
      const element = result.file.dataSet.find((candidate) => formatTag(candidate.tag) === tag);
      return element === undefined ? undefined : [...result.file.body.read(element.valueStart, 2)];
    };
    expect(bytes('(0028,0010)')).toEqual([0, 2]);
    expect(bytes('(0028,0011)')).toEqual([0, 1]);
    expect(at(result, '(0012,0063)')).toBe('by hand');
    expect(result.file.dataSet.filter(({ tag }) => formatTag(tag) === '(0012,0063)')).toHaveLength(1);
  });

  it('counts days from an event of the patient', () => {
    const result = masked(part10(PERSON), {}, { events: { name: 'DIAGNOSIS', dateOf: () => '20190402' } });
    const offset = result.file.dataSet.find(({ tag }) => formatTag(tag) === '(0012,0052)');
    expect(Buffer.from(result.file.body.read(offset?.valueStart ?? 0, 8)).readDoubleLE()).toBe(10);
    expect(at(result, '(0012,0053)')).toBe('DIAGNOSIS');
  });

  it('gives every study a new patient where the link is cut', () => {
    const file = part10([...PERSON, text('0020000D', 'UI', '1.2.3.9')]);
    expect(at(masked(file, { link: 'cut' }), '(0010,0020)')).toBe('P7S');
  });

  it('caps the age that a structured report states as a number', () => {
    const code = (tag: string, value: string) =>
      sequence(tag, [[text('00080100', 'SH', value), text('00080102', 'SH', 'DCM')]]);
    const item = (concept: string, value: string) => [
      text('0040A040', 'CS', 'NUM'),
      code('0040A043', concept),
      sequence('0040A300', [[code('004008EA', 'a'), text('0040A30A', 'DS', value)]]),
    ];
    const numbers = (result: MaskedFile) =>
      (result.file.dataSet.find(({ tag }) => formatTag(tag) === '(0040,A730)')?.items ?? []).map(
        ({ elements }) => {
          const measured =
            elements.find(({ tag }) => formatTag(tag) === '(0040,A300)')?.items?.[0]?.elements ?? [];
          return at(result, '(0040,A30A)', measured);
        },
      );
    const report = part10([
      ...PERSON,
      sequence('0040A730', [item('121033', '93'), item('121033', '57'), item('122505', '93')]),
    ]);
    expect(numbers(masked(report))).toEqual(['90', '57', '93']);
  });

  it('takes the birth year away beside an age over 89, whatever the year says', () => {
    const old = part10([
      ...PERSON.slice(0, -1),
      text('00100030', 'DA', '19500314'),
      text('00101010', 'AS', '092Y'),
    ]);
    expect(at(masked(old), '(0010,0030)')).toBe('');
    expect(at(masked(old), '(0010,1010)')).toBe('090Y');
    expect(at(masked(old, { ages: 'keep', method: 'limited-data-set' }), '(0010,0030)')).toBe('19500101');
  });

  it('takes away a sequence that may not stand without items', () => {
    const study = sequence('00081110', [[text('00081155', 'UI', '1.2.3.4.7')]]);
    const result = masked(part10([...PERSON, study].sort(byTag)));
    expect(result.file.dataSet.map(({ tag }) => formatTag(tag))).not.toContain('(0008,1110)');
  });

  it('takes pixels out of sequences, where no picture shows them', () => {
    const pixels = (bytes: number[]) => raw('7FE00010', 'OW', Uint8Array.from(bytes));
    const file = part10(
      [
        ...PERSON,
        sequence('00081140', [[text('00081155', 'UI', '1.2.3.4.6'), pixels([7, 7, 7, 7])]]),
        pixels([1, 2]),
      ].sort(byTag),
    );
    const result = masked(file);
    expect(inner(result, '(0008,1140)').map(({ tag }) => formatTag(tag))).toEqual(['(0008,1155)']);
    expect(result.file.dataSet.some(({ tag }) => formatTag(tag) === '(7FE0,0010)')).toBe(true);
  });

  it('empties a number that is an identifier, and keeps the others', () => {
    const file = part10(
      [
        ...PERSON,
        text('00200011', 'IS', '+4410077'),
        text('00200012', 'IS', '12'),
        text('00200013', 'IS', '9001234'),
      ].sort(byTag),
    );
    const known = {
      clean: (text: string) => ({
        text,
        replaced: text === '9001234' ? [{ start: 0, end: 7, placeholder: '[ID]' }] : [],
      }),
    };
    const result = masked(file, {}, { cleaner: known });
    expect(['(0020,0011)', '(0020,0012)', '(0020,0013)'].map((tag) => at(result, tag))).toEqual([
      '',
      '12',
      '',
    ]);
  });

  it("leaves a short code that happens to be somebody's number, and takes a long one away", () => {
    const codes = (value: string) =>
      part10([...PERSON, sequence('00082112', [[text('00080100', 'SH', value)]])].sort(byTag));
    const known = {
      clean: (text: string) => ({
        text: '[ID]',
        replaced: [{ start: 0, end: text.length, placeholder: '[ID]' }],
      }),
    };
    const value = (code: string) =>
      at(
        masked(codes(code), {}, { cleaner: known }),
        '(0008,0100)',
        inner(masked(codes(code), {}, { cleaner: known }), '(0008,2112)'),
      );
    expect(value('1234')).toBe('1234');
    expect(value('9001234')).toBe('[ID]');
  });

  it('replaces an instance UID that only borrows the root of the standard', () => {
    const file = part10([text('00080018', 'UI', '1.2.840.10008.5.1.4.1.1.2.1953.4.12'), ...PERSON.slice(1)]);
    expect(at(masked(file), '(0008,0018)')).toMatch(/^2\.25\./);
  });

  it('does not believe a VR that the standard contradicts', () => {
    const result = masked(part10([...PERSON, text('00101010', 'LO', '093Y')].sort(byTag)));
    expect(at(result, '(0010,1010)')).toBe('090Y');
  });

  it('takes text out of number and time attributes', () => {
    const result = masked(
      part10(
        [
          ...PERSON,
          text('00080031', 'TM', 'ROOM 9'),
          text('00180050', 'DS', 'BED B'),
          text('00200011', 'IS', '4'),
        ].sort(byTag),
      ),
    );
    expect(at(result, '(0008,0031)')).toBe('');
    expect(at(result, '(0018,0050)')).toBe('');
    expect(at(result, '(0020,0011)')).toBe('4');
  });

  it('removes dates that it cannot shift because nobody is named', () => {
    const nobody = PERSON.filter((element) => element !== PERSON[5]);
    expect(at(masked(part10(nobody), { dates: 'shift' }), '(0008,0020)')).toBe('');
  });

  it('replaces a UID that only borrows the root of the standard', () => {
    const result = masked(part10([...PERSON, text('00200052', 'UI', '1.2.840.10008.889921.19700102')]));
    expect(at(result, '(0020,0052)')).toMatch(/^2\.25\./);
  });

  it('keeps the layout of every encoding readable, deflated ones too', () => {
    for (const [encoding, uid] of [
      [EXPLICIT, '1.2.840.10008.1.2.1'],
      [IMPLICIT, '1.2.840.10008.1.2'],
      [BIG_ENDIAN, '1.2.840.10008.1.2.2'],
      [EXPLICIT, '1.2.840.10008.1.2.1.99'],
    ] as const) {
      const elements = [
        text('00080050', 'SH', 'ACC77', encoding),
        sequence('00081140', [[text('00081155', 'UI', '1.2.3.4', encoding)]], encoding),
        text('00100010', 'PN', 'Harrowgate^Edna', encoding),
        text('00100020', 'LO', '4410077', encoding),
        raw('7FE00010', 'OW', Buffer.from([1, 2, 3, 4]), encoding),
      ];
      const body = uid.endsWith('.99') ? [deflateRawSync(Buffer.concat(elements))] : elements;
      const result = masked(part10(body, uid));
      expect(result.file.transferSyntax).toBe(uid);
      expect(result.file.anomalies).toEqual([]);
      expect(at(result, '(0010,0010)')).toBe('P7');
      expect(at(result, '(0008,1155)', inner(result, '(0008,1140)'))).toMatch(/^2\.25\./);
    }
  });

  it('keeps lengths of nested sequences right whatever is masked inside them', () => {
    const item = fc.array(fc.constantFrom('name', 'uid', 'text', 'date'), { maxLength: 4 });
    const make = {
      name: text('00401005', 'LO', 'Harrowgate'),
      uid: text('00081155', 'UI', '1.2.3'),
      text: text('00321060', 'LO', 'MR knee'),
      date: text('0040A121', 'DA', '20190412'),
    };
    fc.assert(
      fc.property(fc.array(item, { maxLength: 3 }), fc.boolean(), (items, open) => {
        const content = items.map((names) => names.map((name) => make[name as keyof typeof make]));
        const outer = open ? openSequence('00400275', 'SQ', content) : sequence('00400275', content);
        const nested = sequence('0040A730', [[outer, text('0040A160', 'UT', 'Harrowgate rests')]]);
        const result = masked(part10([...PERSON, nested]));
        expect(result.file.anomalies).toEqual([]);
        expect(result.bytes.includes('Harrowgate')).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

function byTag(a: Uint8Array, b: Uint8Array): number {
  const tag = (bytes: Uint8Array) =>
    ((bytes[1] ?? 0) << 24) + ((bytes[0] ?? 0) << 16) + ((bytes[3] ?? 0) << 8) + (bytes[2] ?? 0);
  return tag(a) - tag(b);
}
