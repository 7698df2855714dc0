import { describe, expect, test } from 'vitest';
import { PhiGateError } from '../../../src/errors.ts';
import { readHl7File } from '../../../src/hl7/file.ts';
import { planMessage } from '../../../src/mask/hl7/plan.ts';
import { actionsOf, contextOf, detectingContext, masked, maskedSegment } from './doubles.ts';

describe('the patient', () => {
  test('an id becomes the code of id and issuer, its check digit goes, the rest keeps its place', () => {
    expect(maskedSegment('PID|1||4711^8^M10^HOSP&1.2.3&ISO^MR||DOE^JANE^Q^^^^L')).toBe(
      'PID|1||PT:4711@HOSP^^M10^ORGANIZATION:HOSP&2.25.5&ISO^MR||PT:4711@HOSP^^^^^^L',
    );
  });

  test('repetitions follow their type codes', () => {
    expect(maskedSegment('PID|1||1^^^A^MR~2^^^^SS~3^^^^DL~4^^^^AN~5^^^^VN~6^^^^MC~7^^^B')).toBe(
      'PID|1||PT:1@A^^^ORGANIZATION:A^MR~^^^^SS~^^^^DL~ACCOUNT:4^^^^AN~VISIT:5^^^^VN~^^^^MC~PT:7@B^^^ORGANIZATION:B',
    );
  });

  test('a placeholder for an id gets the code of the patient, or none, and never one of its own', () => {
    expect(maskedSegment('PID|1|0000|77^^^H||DOE')).toBe('PID|1|PT:77@H|PT:77@H^^^ORGANIZATION:H||PT:77@H');
    expect(maskedSegment('PID|1||0000||DOE')).toBe('PID|1||ANON||ANON');
  });

  test('each PID speaks for the segments up to the next', () => {
    const context = contextOf({ dates: 'shift' });
    const text = masked(
      'MSH|^~\\&|||||||ORU^R01|1|P|2.5\nPID|1||1^^^A||A^B\nPV1|1||||||||||||||||||V1\nPID|2||2^^^A||C^D',
      context,
    );
    expect(text).toContain('PID|1||PT:1@A^^^ORGANIZATION:A||PT:1@A^');
    expect(text).toContain('PID|2||PT:2@A^^^ORGANIZATION:A||PT:2@A^');
  });

  test('the untyped identifiers of 2.x are gone', () => {
    const pid =
      'PID|1||1||D^J||19700203|F|||1 Road^^Town^NY^10025||(555)010-1234|||||ACC1|123-45-6789|DL5^NY|||Smallville';
    expect(maskedSegment(pid, contextOf(), '2.2')).toBe(
      'PID|1||PT:1@||PT:1@^||19700101|F|||^^^NY^100|||||||ACCOUNT:ACC1||^|||',
    );
    expect(maskedSegment(pid, contextOf(), '2.7')).toBe(
      'PID|1||PT:1@||PT:1@^||1970|F|||^^^NY^100|||||||ACCOUNT:ACC1||^|||',
    );
  });

  test('sex and age follow the project, and a birth year that shows an age over 89 goes', () => {
    expect(maskedSegment('PID|1||1||D||19361231|F', contextOf({ sex: 'remove' }))).toBe(
      'PID|1||PT:1@||PT:1@|||',
    );
    expect(maskedSegment('PID|1||1||D||19371231|F')).toBe('PID|1||PT:1@||PT:1@||1937|F');
  });

  test('the link between studies can be cut', () => {
    const text = (study: string) =>
      masked(
        `MSH|^~\\&|||||||ORU|1|P|2.5\nPID|1||1||D\nZDS|${study}^A^Application^DICOM`,
        contextOf({ link: 'cut' }),
      );
    expect(text('1.2.3')).toContain('PID|1||PT:1@/1.2.3|');
    expect(text('1.2.4')).toContain('PID|1||PT:1@/1.2.4|');
  });
});

describe('other people and places', () => {
  test('providers keep a code for their number and lose their names', () => {
    expect(
      maskedSegment('PV1|1|I|W1^R2^B3^HOSP||||1234^SMITH^ANN^^^DR^MD^^NPI&2.16.840.1.113883.4.6&ISO^L^^^NPI'),
    ).toBe(
      'PV1|1|I|ORGANIZATION:W1^^^ORGANIZATION:HOSP||||PERSON:1234^^^^^^MD^^ORGANIZATION:NPI&2.16.840.1.113883.4.6&ISO^L^^^NPI',
    );
  });

  test('a person identifier of 2.3.1 and 2.4 (PI) is masked as that of 2.3', () => {
    for (const version of ['2.3', '2.3.1', '2.4'])
      expect(maskedSegment('PRD|RP||||||K77^UPIN^x', contextOf(), version)).toBe(
        'PRD|RP||||||PERSON:K77^UPIN^',
      );
    expect(maskedSegment('CTD|RP||||||K77^UPIN', contextOf(), '2.4')).toBe('CTD|RP||||||PERSON:K77^UPIN');
  });

  test('places of 2.1, which it calls codes, are places', () => {
    expect(maskedSegment('PV1|1|I|ICU^12^A|E||ICU^12^A', contextOf(), '2.1')).toBe(
      'PV1|1|I|ORGANIZATION:ICU^^|E||ORGANIZATION:ICU^^',
    );
  });

  test('a name in the place of a number is a number to be masked', () => {
    expect(maskedSegment('PV1|1|I|W1&9.8&ward')).toBe('PV1|1|I|ORGANIZATION:W1&ORGANIZATION:9.8&');
    expect(maskedSegment('EVN|A01|20200101|||Ann Smith')).toBe('EVN|A01|2020|||PERSON:Ann Smith');
  });

  test('addresses keep state, ZIP3 and country', () => {
    const address = '1 Rd&Main&7^Apt 2^Boston^MA^02139-4307^USA^H^Back Bay^Suffolk^025';
    expect(maskedSegment(`NK1|1|A^B|SIS|${address}`)).toBe('NK1|1|^|SIS|&&^^^MA^021^USA^H^^^');
    expect(maskedSegment(`NK1|1|A^B|SIS|${address}`, contextOf({ geography: 'city', zip: 'keep' }))).toBe(
      'NK1|1|^|SIS|&&^^Boston^MA^02139-4307^USA^H^^^',
    );
    expect(maskedSegment(`NK1|1|A^B|SIS|${address}`, contextOf({ geography: 'remove', zip: 'remove' }))).toBe(
      'NK1|1|^|SIS|&&^^^^^USA^H^^^',
    );
  });

  test('a foreign postcode is 000, and an address that is one part off leaks nothing', () => {
    expect(maskedSegment('NK1|1|A|SIS|x^^Paris^IDF^75008^FRA')).toBe('NK1|1||SIS|^^^IDF^000^FRA');
    expect(maskedSegment('NK1|1|A|SIS|5^Elm St^Apt^FOWL^CA^99999')).toBe('NK1|1||SIS|^^^^000^');
  });

  test('telephones and mail addresses go, their kinds stay', () => {
    expect(maskedSegment('NK1|1|A|SIS||^PRN^PH^a@b.org^1^617^5550199^12~(617)555-0199')).toBe(
      'NK1|1||SIS||^PRN^PH^^^^^~',
    );
  });

  test('required fields hold a surrogate where nothing would be left, optional ones do not', () => {
    expect(maskedSegment('GT1|1||ROE^JIM^^^^^L|ROE^ANN')).toBe('GT1|1||ANON^^^^^^L|^');
    expect(maskedSegment('EVN|A01|20200101', contextOf({ dates: 'remove' }))).toBe('EVN|A01|1900');
    expect(maskedSegment('EVN|A01|20200101', contextOf({ dates: 'remove' }), '2.2')).toBe('EVN|A01|19000101');
  });
});

describe('orders', () => {
  test('placer, filler and accession numbers share one domain', () => {
    const text = masked(
      'MSH|^~\\&|||||||ORM^O01|1|P|2.3\nORC|NW|P1^RIS|F1^PACS\nOBR|1|P1^RIS|F1|X||||||||||||||F1|P1|F1|A2\nIPC|F1|P1|1.2.3|S1',
    );
    expect(text).toContain('ORC|NW|ORDER:P1^ORGANIZATION:RIS|ORDER:F1^ORGANIZATION:PACS');
    expect(text).toContain(
      'OBR|1|ORDER:P1^ORGANIZATION:RIS|ORDER:F1|X||||||||||||||ORDER:F1|ORDER:P1|ORDER:F1|ORDER:A2',
    );
    expect(text).toContain('IPC|ORDER:F1|ORDER:P1|2.25.5|ORDER:S1');
  });

  test('the study UID of a ZDS and of an OBX 110180 is replaced as a UID', () => {
    const text = masked(
      'MSH|^~\\&|||||||ORU|1|P|2.5\nZDS|1.2.840.99.1^PACS^Application^DICOM|rest\nOBX|1|ST|110180^Study Instance UID^DCM||1.2.840.99.1\nOBX|2|HD|110180^Study Instance UID^DCM||1.2.840.99.1',
    );
    expect(text).toContain('ZDS|2.25.12^ORGANIZATION:PACS^Application^DICOM|');
    expect(text).not.toContain('1.2.840.99.1');
    expect(text).not.toContain('rest');
  });

  test('a study UID has one replacement in whatever type and place it stands', () => {
    const uid = '1.2.840.113619.2.55.3.604688.777';
    const of = (segment: string) => maskedSegment(segment).split('|')[5];
    expect(of(`OBX|1|HD|113014^DICOM Study^DCM||${uid}`)).toBe(`2.25.${uid.length}`);
    expect(of(`OBX|1|EI|X^Study^L||${uid}^^^`)).toBe(`2.25.${uid.length}^^^`);
    expect(of(`OBX|1|ST|X^Study^L||${uid}`)).toBe(`2.25.${uid.length}`);
    expect(of('OBX|1|HD|X^Where^L||NORTH^1.2.3.4.5^ISO')).toBe('ORGANIZATION:NORTH^2.25.9^ISO');
    expect(of('OBX|1|ST|X^Version^L||1.2.3.4.5')).toBe('1.2.3.4.5');
  });

  test('an acknowledgement points at the masked message', () => {
    expect(masked('MSH|^~\\&|||||||ACK|ACK9|P|2.5\nMSA|AA|MSG7')).toContain('MSA|AA|MESSAGE:MSG7');
    expect(masked('MSH|^~\\&|||||||ADT|MSG7|P|2.5')).toContain('|ADT|MESSAGE:MSG7|P');
  });
});

describe('observations go by OBX-2 and by what they observe', () => {
  const obx = (
    type: string,
    about: string,
    value: string,
    unit = '',
    context = contextOf({}, ['John Roe']),
  ) => maskedSegment(`OBX|1|${type}|${about}||${value}|${unit}`, context, '2.7').split('|')[5];

  test('by data type', () => {
    expect(obx('NM', '1-8^X^LN', '4.06')).toBe('4.06');
    expect(obx('TX', 'X', 'seen by John Roe')).toBe('seen by [X]');
    expect(obx('XPN', 'X', 'ROE^JOHN')).toBe('^');
    expect(obx('CX', 'X', '55^^^H^MR')).toBe('PT:55@H^^^ORGANIZATION:H^MR');
    expect(obx('DT', 'X', '20200131')).toBe('2020');
    expect(obx('CWE', 'X', '22298006^MI^SCT')).toBe('22298006^MI^SCT');
    expect(obx('CE', 'X', 'L1^said John Roe^L')).toBe('L1^said [X]^L');
    expect(obx('SN', 'X', '>^90')).toBe('>^90');
    expect(obx('', 'X', 'John Roe')).toBe('[X]');
    expect(obx('xpn', 'X', 'ROE^JOHN')).toBe('^');
  });

  test('attachments go, and it is said', () => {
    expect(obx('ED', 'X', 'PACS^AP^PDF^Base64^JVBERi0=')).toBe('ORGANIZATION:PACS^AP^PDF^Base64^');
    expect(obx('RP', 'X', 'file://srv/roe.pdf&PACS^^AP^PDF')).toBe('&^^AP^PDF');
    const actions = actionsOf('MSH|^~\\&|||||||ORU|1|P|2.5\nOBX|1|ED|X||A^AP^PDF^Base64^JVBERi0=');
    expect(actions).toContainEqual({ attribute: 'OBX-5', action: 'attachment' });
  });

  test('a type in small letters is that type; one that no version has keeps numbers and short codes alone', () => {
    expect(obx('Xcn', 'X', '77^ROE^JOHN')).toBe('PERSON:77^^');
    expect(obx('xad', 'X', '1 Rd^^Town^NY^10025')).toBe('^^^NY^100');
    expect(obx('CM', 'X', 'ROE^JOHN')).toBe('^');
    expect(obx('CM', 'X', '12^34')).toBe('^');
    expect(obx('VARIES', 'X', 'Some body')).toBe('');
    expect(obx('VARIES', 'X', '8812345678')).toBe('');
    expect(obx('VARIES', 'X', '17.5')).toBe('17.5');
    expect(obx('QQ', 'X', 'POS')).toBe('POS');
  });

  test('ages over 89 are 90, by concept; birth dates are birth dates', () => {
    expect(obx('NM', '30525-0^Age^LN', '94', 'a')).toBe('90');
    expect(obx('NM', 'AGE^Age^L', '94', 'yr')).toBe('90');
    expect(obx('NM', 'AGE^Patient age in years^L', '98', 'Y')).toBe('90');
    expect(obx('NM', '46499-6^Age at dx^LN', '98', '{yrs}')).toBe('90');
    expect(obx('NM', '35659-2^Age^LN', '1120', 'mo')).toBe('1080');
    expect(obx('NM', '35659-2^Age^LN', '24', 'MOS')).toBe('24');
    expect(obx('SN', '30525-0^Age^LN', '=^92', 'a')).toBe('=^90');
    expect(obx('ST', '30525-0^Age^LN', '94 years')).toBe('90');
    expect(obx('NM', '30525-0^Age^LN', '41', 'a')).toBe('41');
    expect(obx('NM', '8310-5^Temperature^LN', '94', 'F')).toBe('94');
    expect(obx('TS', '21112-8^Birth date^LN', '19331231')).toBe('');
    expect(obx('ST', '21112-8^Birth date^LN', '19831231')).toBe('1983');
    expect(obx('NM', 'YOB^Birth year^L', '1931')).toBe('');
    expect(obx('NM', 'YOB^Birth year^L', '1961')).toBe('1961');
  });

  test('years that are no age stay, and so does the age of a bone', () => {
    expect(obx('NM', 'X^Pack years^L', '120', 'a')).toBe('120');
    expect(obx('NM', 'X^Follow-up interval^L', '95', 'a')).toBe('95');
    expect(obx('NM', 'X^Bone age^L', '95', 'a')).toBe('95');
  });

  test('a number that was measured is no date', () => {
    expect(obx('NM', 'X^IgE^L', '20110503', '[IU]/mL')).toBe('20110503');
    expect(obx('SN', 'X^IgE^L', '=^20110503')).toBe('=^20110503');
    expect(obx('ST', 'X^IgE^L', '20110503', '[IU]/mL')).toBe('20110503');
    expect(obx('NM', 'X^IgE^L', '20110503', '|<100')).toBe('20110503');
    expect(obx('NM', 'X', '20110503')).toBe('2011');
  });

  test('what OBX-3 says counts before the data type', () => {
    expect(obx('NM', '45396-9^Social security number^LN', '412556789')).toBe('');
    expect(obx('NM', '42077-8^Patient Phone number^LN', '6035550144')).toBe('');
    expect(obx('ST', '54125-0^Patient name^LN', 'Vanterpool Ilse')).toBe('');
    expect(obx('CE', 'X^Referring physician^L', 'H1^Harkwell Tobias^L')).toBe('^^L');
    expect(obx('ST', 'X^Accession number^L', 'A-77-1')).toBe('ORDER:A-77-1');
    expect(obx('ST', '45401-7^Zip code^LN', '02139')).toBe('021');
    expect(obx('ST', '56799-0^Address^LN', '14 Oak Rd, Norwell NY')).toBe('');
    expect(obx('XAD', '56799-0^Address^LN', '1 Rd^^Town^NY^10025')).toBe('^^^NY^100');
    expect(obx('ST', 'X^CITY of residence^L', 'Norwell')).toBe('');
    expect(obx('ST', 'X^Home phone^L', 'none')).toBe('none');
  });

  test('a record number becomes the code of the patient', () => {
    const text =
      'MSH|^~\\&|||||||ORU^R01|1|P|2.5\nPID|1||7^^^H\nOBX|1|ST|MRN^Medical record number^L||88-12-345';
    expect(masked(text)).toContain('||PT:7@H');
    expect(masked(text)).not.toContain('88-12');
  });

  test('an age over 89 takes the birth date of its person with it, and of no other', () => {
    const text = (age: string) =>
      masked(
        `MSH|^~\\&|||||||ORU^R01|1|P|2.5\nPID|1||7||D||19451231\nOBX|1|NM|30525-0^Age^LN||${age}|a\nPID|2||8||E||19461231`,
      );
    expect(text('94')).toMatch(/PT:7@\|\|\nOBX.*\|\|90\|a\nPID\|2.*\|1946/);
    expect(text('74')).toMatch(/PT:7@\|\|1945\n/);
  });
});

describe("short numbers that are somebody's", () => {
  const context = detectingContext([
    { value: '1234', category: 'R', kind: 'id' },
    { value: '88123456', category: 'H', kind: 'id' },
  ]);
  const of = (segment: string) => maskedSegment(segment, context);

  test('stay where they are results or codes', () => {
    expect(of('OBX|1|NM|33762-6^NT-proBNP^LN||1234|pg/mL')).toContain('||1234|pg/mL');
    expect(of('OBX|1|SN|X^Y^L||>^1234')).toContain('||>^1234');
    expect(of('OBR|1|||1234^Panel^L')).toContain('|1234^Panel^L');
    expect(of('DG1|1||1234^Cough^L')).toContain('|1234^Cough^L');
    expect(of('OBX|1|CE|X^Y^L||1234^Done^L')).toContain('||1234^Done^L');
  });

  test('go from text, from a part of a code, and long ones from numbers', () => {
    expect(of('OBX|1|CE|X^Y^L||Item-1234^Done^L')).toContain('||Item-[CODE]^Done^L');
    expect(of('NTE|1||asked 1234 for it')).toContain('asked [CODE] for it');
    expect(of('OBX|1|NM|X^Y^L||88123456|mg')).toContain('|||mg');
  });
});

describe('text', () => {
  const context = contextOf({}, ['John Roe', 'Müller']);

  test('over several NTE, OBX and repetitions is one passage', () => {
    const text = masked(
      'MSH|^~\\&|||||||ORU|1|P|2.3\nNTE|1||seen by John\nNTE|2||Roe today\nOBX|1|TX|R^Report||by Dr. John\nOBX|2|TX|R^Report||Roe, MD\nOBX|3|TX|S^Other||John~Roe',
      context,
    );
    expect(text).toContain('NTE|1||seen by [X]\nNTE|2|| today');
    expect(text).toContain('||by Dr. [X]\nOBX|2|TX|R^Report||, MD');
    expect(text).toContain('OBX|3|TX|S^Other||[X]~');
  });

  test('with delimiters that nobody escaped is read with them', () => {
    const text = masked(
      'MSH|^~\\&|||||||ORU|1|P|2.5\nOBX|1|ST|X||Larrabee^Faye^J\nOBX|2|ST|Y||12^mild',
      detectingContext([]),
    );
    expect(text).toContain('OBX|1|ST|X||[NAME]^^');
    expect(text).toContain('OBX|2|ST|Y||12^mild');
  });

  test('in escaped bytes is read by the character set of its own message', () => {
    const shared = contextOf({}, ['Jürg']);
    const text = (charset: string, name: string) =>
      masked(`MSH|^~\\&|||||||ORU|1|P|2.5||||||${charset}\nPV2|||^${name}\nPV2|||^${name}`, shared);
    for (let round = 0; round < 3; round++) {
      expect(text('8859/5', 'J\\XFC\\rg')).not.toContain('[X]');
      expect(text('8859/1', 'J\\XFC\\rg')).toContain('PV2|||^[X]');
    }
  });

  test('of another observation is another passage', () => {
    expect(
      masked('MSH|^~\\&|||||||ORU|1|P|2.3\nOBX|1|TX|R||John\nOBX|2|TX|S||Roe', context).split('\n').slice(1),
    ).toEqual(['OBX|1|TX|R||John', 'OBX|2|TX|S||Roe']);
  });

  test('is cleaned through its escapes and in its character set, and the rest keeps its bytes', () => {
    expect(maskedSegment('NTE|1||a\\T\\b John\\.br\\Roe c\\F\\d', context)).toBe(
      'NTE|1||a\\T\\b [X] c\\F\\d',
    );
    expect(maskedSegment('NTE|1||f\xfcr M\xfcller gr\xfc\xdft', context)).toBe(
      'NTE|1||f\xfcr [X] gr\xfc\xdft',
    );
  });

  test('a local escape, which nobody can read, is taken out', () => {
    expect(maskedSegment('NTE|1||before \\ZJohn\\after')).toBe('NTE|1||before after');
  });

  test('a time stamp in a place that says nothing of dates is a date', () => {
    expect(maskedSegment('DG1|1||X|20190410|20190410')).toBe('DG1|1||X|2019|2019');
  });
});

describe('what is not known is denied', () => {
  const context = contextOf();

  test('Z-segments and segments of other versions keep their name and separators', () => {
    expect(maskedSegment('ZPI|1|ROE^JOHN~X&Y|""')).toBe('ZPI||^~&|""');
    expect(maskedSegment('SPM|1|77', context, '2.3')).toBe('SPM||SPECIMEN:77');
    expect(maskedSegment('ARV|1|A|secret', context, '2.3')).toBe('ARV|||');
  });

  test('they can be removed, or opened field by field', () => {
    const text = 'MSH|^~\\&|||||||ADT|1|P|2.5\nZPI|1|ROE\nPID|1||1';
    expect(masked(text, contextOf({ hl7: { unknownSegments: 'remove' } })).split('\n')).toHaveLength(2);
    const open = contextOf({ rules: { hl7: [{ at: 'ZPI-1', action: { do: 'keep' } }] } });
    expect(masked(text, open)).toContain('ZPI|1|\n');
  });

  test('a field beyond those that the version has is what later versions say, or empty', () => {
    expect(
      maskedSegment('PID|1||1||D|||||||||||||||||||||||||||||||||||^PRN^PH^^^1^5550199', context, '2.3'),
    ).toMatch(/\|\^PRN\^PH\^\^\^\^$/);
    expect(maskedSegment(`NTE|1||x${'|'.repeat(30)}ROE`)).toBe(`NTE|1||x${'|'.repeat(30)}`);
  });

  test('a line that is no segment is emptied', () => {
    expect(masked('MSH|^~\\&|||||||ORU|1|P|2.5\nNTE|1||text\nJohn Roe|55\nPID|1||1')).toContain(
      'NTE|1||text\n|\nPID',
    );
  });

  test('the union of versions counts where the version is not known', () => {
    expect(maskedSegment('PID|1||1||ROE^JOHN', context, '7.0')).toBe('PID|1||PT:1@||PT:1@^');
    expect(maskedSegment('NK1|1|ROE^JIM', context, '')).toBe('NK1|1|^');
  });

  test('a message whose delimiters cannot be read is refused', () => {
    const [part] = readHl7File(Buffer.from('MSH|1234|A\rPID|1||7\r')).parts;
    if (part === undefined) throw new Error('no message');
    expect(() => planMessage(part, context)).toThrow(PhiGateError);
  });
});

describe('master files', () => {
  const of = (file: string, key: string, segment: string) =>
    masked(
      `MSH|^~\\&|||||||MFN^M02|1|P|2.5\nMFI|${file}^x^HL70175||UPD\nMFE|MAD|1||${key}|CE\n${segment}`,
    ).split('\n');

  test('the key of a record is that of the segment it points at', () => {
    expect(of('STF', 'S44^Roe', 'STF|S44')[2]).toBe('MFE|MAD|1||PERSON:S44^|CE');
    expect(of('STF', 'S44', 'STF|S44')[3]).toBe('STF|PERSON:S44');
    expect(of('LOC', 'ICU^12', 'LOC|ICU^12').slice(2)).toEqual([
      'MFE|MAD|1||ORGANIZATION:ICU^|CE',
      'LOC|ORGANIZATION:ICU^',
    ]);
    expect(of('OMA', '2345-7^Glucose^LN', 'OM1|1|2345-7^Glucose^LN').slice(2)).toEqual([
      'MFE|MAD|1||2345-7^Glucose^LN|CE',
      'OM1|1|2345-7^Glucose^LN',
    ]);
    expect(of('ZZZ', '77^Roe', 'OM1|1|77')[2]).toBe('MFE|MAD|1||OTHER:77^|CE');
  });
});

test("the software that sends, its profiles and public kinds of numbers are nobody's", () => {
  const text = masked(
    `MSH|^~\\&|||||||ORU|1|P|2.5${'|'.repeat(9)}RAD-4^IHE_USA^2.16.840.1.113883.9.26^ISO\nSFT|Acme Systems^L|7.2.20191231|Gateway|20200101`,
  );
  expect(text).toContain(
    '|RAD-4^IHE_USA^2.16.840.1.113883.9.26^ISO\nSFT|Acme Systems^L|7.2.20191231|Gateway|20200101',
  );
  expect(maskedSegment('PV1|1||||||77^^^^^^^^NPI&2.16.840.1.113883.4.6&ISO')).toContain(
    '&2.16.840.1.113883.4.6&ISO',
  );
  expect(maskedSegment('PV1|1||||||77^^^^^^^^H&2.16.840.1.113883.3.77.1&ISO')).not.toContain('113883');
});

describe('forms', () => {
  test('`""` stays and is never written', () => {
    expect(maskedSegment('PID|1||1||""|""|""||""||""^""')).toBe('PID|1||PT:1@||""|""|""||""||""^""');
    expect(maskedSegment('PID|1||1||A^B|C^D|19700101')).not.toContain('""');
  });

  test('dates follow the rule of the project, intervals kept where they are shifted', () => {
    const pv1 = `PV1|1|I${'|'.repeat(42)}20210301103000+0100|20210305`;
    const shifted = masked(`MSH|^~\\&|||||||ADT|1|P|2.5\nPID|1||1\n${pv1}`, contextOf({ dates: 'shift' }));
    expect(shifted).toContain('20210219103000+0100|20210223');
    expect(maskedSegment(pv1, contextOf({ dates: 'keep' }))).toBe(pv1);
    expect(maskedSegment(pv1, contextOf({ dates: 'shift' }))).toMatch(/\|\|$/); // nobody's dates
  });

  test('times of day follow the project', () => {
    const context = contextOf({ dates: 'shift', times: 'remove' });
    const text = masked('MSH|^~\\&|||||||ADT|1|P|2.5\nPID|1||1||||19700203101112', context);
    expect(text).toContain('|19700124');
    expect(text).not.toContain('101112');
  });

  test('sending and receiving systems follow their aliases, others are emptied', () => {
    const context = contextOf({ hl7: { routing: { RIS: 'SITE1' } } });
    expect(masked('MSH|^~\\&|RIS^1.2^ISO|HOSP|PACS^x|H2|20200101||ADT|1|P|2.5', context)).toMatch(
      /^MSH\|\^~\\&\|SITE1\^\^\|\|\^\|\|2020\|/,
    );
  });

  test('a network address in the header goes', () => {
    expect(masked('MSH|^~\\&|||||||ADT|1|P|2.8||||||||||||10.1.2.3^srv.example.org^DNS')).toMatch(/\|\^\^$/);
  });
});
