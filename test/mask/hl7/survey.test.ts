import { describe, expect, test } from 'vitest';
import { readHl7File } from '../../../src/hl7/file.ts';
import { messageFacts, orderOf, studyOf } from '../../../src/mask/hl7/facts.ts';
import { subjectsOf } from '../../../src/mask/hl7/subjects.ts';
import { surveyMessage } from '../../../src/mask/hl7/survey.ts';
import { projectSchema } from '../../../src/project/schema.ts';

function messageOf(segments: string, type = 'ADT^A01', version = '2.5.1') {
  const text = `MSH|^~\\&|||||202103171011||${type}|1|P|${version}\r${segments.replaceAll('\n', '\r')}`;
  const [part] = readHl7File(Buffer.from(text, 'latin1')).parts;
  if (part === undefined) throw new Error('no message');
  return part;
}

function survey(segments: string, type?: string, project: object = {}) {
  const { patients, known } = surveyMessage(
    messageOf(segments, type),
    projectSchema.parse({ version: 1, ...project }),
  );
  return { patients, known: known.map(({ kind, category, value }) => `${kind} ${category} ${value}`) };
}

describe('whose a message is', () => {
  test('all segments of a query about one person are about the same one', () => {
    const { of } = subjectsOf(
      messageOf('QRD|202103171011|R|I|Q1|||1^RD|77^^^A^MR|RES\nOBX|1|NM|30525-0^Age^LN||93'),
    );
    expect(of(2)).toBeDefined();
    expect(of(2)).toBe(of(1));
  });

  test('repetitions, external and alternate ids of one PID join; other numbers and placeholders do not', () => {
    expect(survey('PID|1|E9|1^^^A^MR~2^^^B&1.2&ISO^PI~3^^^^SS~4^^^^VN~00000^^^C^MR|X5').patients).toEqual([
      [
        { id: '1', issuer: 'A' },
        { id: '2', issuer: 'B' },
        { id: 'E9', issuer: '' },
        { id: 'X5', issuer: '' },
      ],
    ]);
  });

  test('the universal id issues where there is no namespace', () => {
    expect(survey('PID|1||1^^^&1.2.3&ISO^MR').patients).toEqual([[{ id: '1', issuer: '1.2.3' }]]);
  });

  test('a merge joins, a moved account does not', () => {
    const segments = 'PID|1||1^^^A\nMRG|2^^^A';
    expect(survey(segments, 'ADT^A40').patients[0]).toHaveLength(2);
    expect(survey(segments, 'ADT^A44').patients[0]).toHaveLength(1);
  });

  test('two patients of one message stay two, unless it links them', () => {
    const segments = 'PID|1||1^^^A\nPV1|1\nPID|2||2^^^A';
    expect(survey(segments, 'ADT^A17').patients).toHaveLength(2);
    expect(survey(segments, 'ADT^A24').patients).toHaveLength(1);
  });

  test('a message without a patient names none', () => {
    expect(survey('MSA|AA|1').patients).toEqual([]);
  });
});

describe('known identifiers', () => {
  test('are names, numbers, dates of birth, addresses, telephones and mail of everybody', () => {
    const { known } = survey(
      'PID|1||1001^^^A^MR~900-11-2222^^^^SS||DOE&&&&ROE^JANE^Q|SMITH|19700203||JANEY^D||1 Elm St^^Salem^OR^97301-0001||617-555-0199|^NET^Internet^j@d.org|||||900-11-2222|D77^OR\nPV1|1|I|||||7001^HOUSE^GREG',
    );
    expect(known).toEqual(
      expect.arrayContaining([
        'id H 1001',
        'id G 900-11-2222',
        'name A DOE^JANE^Q',
        'name A ROE^JANE^Q',
        'name A SMITH',
        'date C 19700203',
        'name A JANEY^D',
        'address B 1 Elm St',
        'address B Salem',
        'address B 97301-0001',
        'phone D 617-555-0199',
        'email F j@d.org',
        'id K D77',
        'name A HOUSE^GREG',
        'id R 7001',
      ]),
    );
  });

  test('are orders, study UIDs and what OBX says to be a birth date', () => {
    const { known } = survey(
      'OBR|1|P123|F123|X\nZDS|1.2.840.5.6\nOBX|1|DT|21112-8^Birth date^LN||19700203\nOBX|2|XPN|X||KENT^CLARK',
    );
    expect(known).toEqual([
      'id R P123',
      'id R F123',
      'uid R 1.2.840.5.6',
      'date C 19700203',
      'name A KENT^CLARK',
    ]);
  });

  test('are decoded', () => {
    expect(survey('PID|1||||O\\T\\NEIL^T').known).toEqual(['name A O&NEIL^T']);
  });

  test('are not what the project keeps, nor placeholders, nor deletions', () => {
    const keep = { dates: 'keep', geography: 'city', zip: 'keep' };
    expect(survey('PID|1||0000||""||19700203||||^^Salem^OR^97301-0001', undefined, keep).known).toEqual([]);
  });
});

test('facts for filters', () => {
  const part = messageOf('PV1|1|I\nOBX|1|ST|A^x\nOBX|2|ST|B^y', 'ORU^R01');
  const facts = messageFacts(part);
  expect([facts.type, facts.date]).toEqual(['ORU^R01', '20210317']);
  expect(facts.values('OBX-3.1')).toEqual(['A', 'B']);
  expect(facts.values('nonsense')).toEqual([]);
});

test('order and study of a message', () => {
  expect(orderOf(messageOf('ORC|NW|P1|F1\nOBR|1|P1|F2'))).toBe('F2');
  expect(studyOf(messageOf('ZDS|1.2.3')).uid).toBe('1.2.3');
  expect(studyOf(messageOf('OBX|1|ST|110180^Study Instance UID^DCM||1.2.4')).uid).toBe('1.2.4');
  expect(studyOf(messageOf('OBR|1||F2')).key).toBe('order:F2');
  expect(studyOf(messageOf('PV1|1')).key).toBe('visit:1');
});

test('what OBX-3 says to be an identifier is looked for in the whole release', () => {
  const { known } = survey(
    'OBX|1|ST|a^Patient name^L||Vanterpool Ilse\nOBX|2|CE|a^Referring physician^L||H1^Harkwell Tobias^L\nOBX|3|NM|a^MRN^L||8812345\nOBX|4|NM|a^Age^L||94\nOBX|5|ST|a^MRN^L||none',
    'ORU^R01',
  );
  expect(known).toEqual(['name A Vanterpool Ilse', 'name A Harkwell Tobias', 'id H 8812345']);
});
