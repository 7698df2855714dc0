import type { SecondElement, SecondReading } from './dicom/second-reader.ts';
import { unescaped } from './hl7/escapes.ts';
import { textAt } from './hl7/identifiers.ts';
import type { Hl7SecondReading, SecondMessage, SecondSegment } from './hl7/second-reader.ts';

/** What a code is the code of: the same word in both formats, so that a file and a message can be compared. */
export type CodePlace =
  | 'patient'
  | 'other'
  | 'prior'
  | 'subject'
  | 'account'
  | 'ssn'
  | 'visit'
  | 'order'
  | 'placer'
  | 'filler'
  | 'study'
  | 'procedure'
  | 'phone';
export type DatePlace = 'birth' | 'study' | 'visit' | 'event';

/** Codes, dates and names of the one person that a DICOM file or an HL7 message is about. */
export interface PersonCodes {
  readonly codes: Readonly<Partial<Record<CodePlace, readonly string[]>>>;
  /** YYYYMMDD; years and months alone are none. */
  readonly dates: Readonly<Partial<Record<DatePlace, string>>>;
  /** Components joined by `^`, family name first. */
  readonly name: string;
}

/** Where a code stands, for the locus of a finding. */
export const DICOM_LOCI: Readonly<Partial<Record<CodePlace | DatePlace, string>>> = {
  patient: '(0010,0020)',
  other: '(0010,1000)',
  subject: '(0012,0040)',
  account: '(0038,0010)',
  visit: '(0038,0010)',
  order: '(0008,0050)',
  placer: '(0040,2016)',
  filler: '(0040,2017)',
  study: '(0020,0010)',
  procedure: '(0040,1001)',
  phone: '(0010,2154)',
  birth: '(0010,0030)',
};
export const HL7_LOCI: Readonly<Partial<Record<CodePlace | DatePlace, string>>> = {
  patient: 'PID-3.1',
  other: 'PID-3.1',
  prior: 'MRG-1.1',
  account: 'PID-18.1',
  ssn: 'PID-19',
  visit: 'PV1-19.1',
  placer: 'OBR-2.1',
  filler: 'OBR-3.1',
  phone: 'PID-13.1',
  birth: 'PID-7.1',
  study: 'OBR-7.1',
};

const DICOM_CODES = new Map<number, CodePlace>([
  [0x00100020, 'patient'],
  [0x00101000, 'other'],
  [0x00120040, 'subject'],
  [0x00080050, 'order'],
  [0x00380010, 'visit'],
  [0x00402016, 'placer'],
  [0x00402017, 'filler'],
  [0x00200010, 'study'],
  [0x00401001, 'procedure'],
  [0x00102154, 'phone'],
]);
const DICOM_DATES = new Map<number, DatePlace>([
  [0x00100030, 'birth'],
  [0x00080020, 'study'],
  [0x00380020, 'visit'],
]);
const PATIENT_NAME = 0x00100010;
const PATIENT_ID = 0x00100020;
const LONGEST = 256;
const OTHER_IDS = /^\(0010,1002\)\[\d+\]\.\(0010,0020\)$/;

/** The person of a DICOM file, as dicom-parser sees it: PS3.3 C.7.1.1, C.7.2.1 and the ids of orders and visits. */
export function personOfDicom(reading: SecondReading): PersonCodes {
  const codes: Partial<Record<CodePlace, string[]>> = {};
  const dates: Partial<Record<DatePlace, string>> = {};
  let name = '';
  for (const element of reading.elements) {
    if (element.meta || element.length === 0 || element.length > LONGEST) continue;
    if (element.depth > 0) {
      if (element.tag === PATIENT_ID && OTHER_IDS.test(element.path)) put(codes, 'other', textOf(element));
      continue;
    }
    const code = DICOM_CODES.get(element.tag);
    if (code !== undefined) {
      for (const value of textOf(element).split('\\')) put(codes, code, value.trim());
      continue;
    }
    const date = DICOM_DATES.get(element.tag);
    if (date !== undefined) {
      const day = dayOf(textOf(element));
      if (day !== undefined) dates[date] = day;
    } else if (element.tag === PATIENT_NAME) {
      name = (textOf(element).split('=')[0] ?? '').trim();
    }
  }
  return { codes, dates, name };
}

/** Ids are of the default repertoire (PS3.5 6.2); of a name the letters outside of it are not compared. */
const textOf = (element: SecondElement): string =>
  Buffer.from(element.value()).toString('latin1').replace(/\0/g, '').trim();

/** The persons of the messages of a file, one a message (undefined for batch segments and what was unreadable). */
export function personsOfHl7(reading: Hl7SecondReading): (PersonCodes | undefined)[] {
  return reading.messages
    .filter(({ message }) => message)
    .map((message) => (message.segments.length === 0 ? undefined : personOfMessage(message)));
}

function personOfMessage(message: SecondMessage): PersonCodes {
  const codes: Partial<Record<CodePlace, string[]>> = {};
  const dates: Partial<Record<DatePlace, string>> = {};
  let name = '';
  const plain = (raw: string): string => {
    const text = unescaped(raw, message.delimiters).trim();
    return text === '""' ? '' : text;
  };
  const at = (segment: SecondSegment, field: number): string => plain(textAt(segment, field));
  const add = (place: CodePlace, value: string): void => put(codes, place, value);
  const day = (place: DatePlace, value: string): void => {
    const found = dayOf(value);
    if (found !== undefined) dates[place] ??= found;
  };
  for (const segment of message.segments) {
    if (segment.name === 'PID' && codes.patient === undefined) {
      const [first = '', ...others] = (segment.fields[2] ?? []).map(([id]) => plain(id?.[0] ?? ''));
      const external = at(segment, 2);
      add('patient', first === '' ? external : first);
      if (first !== '') add('other', external);
      for (const other of others) add('other', other);
      add('other', at(segment, 4));
      add('account', at(segment, 18));
      add('ssn', at(segment, 19));
      add('phone', phoneOf(segment, plain));
      day('birth', at(segment, 7));
      name = (segment.fields[4]?.[0] ?? [])
        .slice(0, 3)
        .map((part) => plain(part[0] ?? ''))
        .join('^');
    } else if (segment.name === 'MRG') add('prior', at(segment, 1));
    else if (segment.name === 'PV1') {
      add('visit', at(segment, 19));
      day('visit', at(segment, 44));
    } else if (segment.name === 'OBR') {
      add('placer', at(segment, 2));
      add('filler', at(segment, 3));
      day('study', at(segment, 7));
    } else if (segment.name === 'EVN') day('event', at(segment, 2));
  }
  return { codes, dates, name };
}

/** Empty values keep their place, so that the nth of the original is compared with the nth of the release. */
function put(codes: Partial<Record<CodePlace, string[]>>, place: CodePlace, value: string): void {
  const values = codes[place] ?? [];
  values.push(value);
  codes[place] = values;
}

function phoneOf(segment: SecondSegment, plain: (raw: string) => string): string {
  const parts = (segment.fields[12]?.[0] ?? []).map((part) => plain(part[0] ?? ''));
  return parts[0] || parts[11] || `${parts[5] ?? ''}${parts[6] ?? ''}`;
}

function dayOf(text: string): string | undefined {
  return /^(\d{8})(?!\d{7}$)/.exec(text.trim())?.[1];
}
