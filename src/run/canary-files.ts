import { biometricsOf } from '../audit/dicom/biometrics.ts';
import { dicomPassages } from '../audit/dicom/passages.ts';
import { pixelsOf } from '../audit/dicom/pixel-data.ts';
import { readSecond } from '../audit/dicom/second-reader.ts';
import { hl7Passages } from '../audit/hl7/passages.ts';
import { readHl7Second } from '../audit/hl7/second-reader.ts';
import type { KnownIdentifier } from '../detect/detector.ts';
import { LINKS } from '../detect/links/detector.ts';
import { encodeElement, encodeSequence } from '../dicom/encode.ts';
import { readDicom } from '../dicom/file.ts';
import { parseTag } from '../dicom/tag.ts';
import { EXPLICIT_LE } from '../dicom/transfer-syntax.ts';
import { encodeFileHead } from '../dicom/write.ts';
import { findFaces } from '../faces/find-faces.ts';
import type { Passage, PassageHints } from '../model/passage.ts';
import type { RunResult } from '../model/result.ts';
import { memorySource } from '../splice.ts';
import { drawnFace } from './canary-face.ts';
import { CANARY_LETTERS } from './canary-letters.ts';
import { searchFrames } from './frames.ts';
import { PassageSearch } from './passage-search.ts';
import { type AuditTools, acceptingNothing } from './tools.ts';

type Canary = RunResult['canaries'][number];

/** Nobody: learnt by every run, so that the search for known identifiers is proved on the index that the run uses. */
export const CANARY_PERSON: readonly KnownIdentifier[] = [
  { value: 'Quillfeather^Ottoline', category: 'A', kind: 'name' },
  { value: 'ZQX4471902', category: 'H', kind: 'id' },
  // A name that dots and OCR agree on.
  { value: 'Trefallehal^Ottoline', category: 'A', kind: 'name' },
];

const LIMITS = { depth: 16, inflatedBytes: 1 << 20, headerBytes: 1 << 20 };
const EXPLICIT = { explicit: true, littleEndian: true };
const SUBJECT = { sourceId: 'canary', output: '' };

/**
 * A DICOM file and an HL7 message with planted identifiers go through the audit as any staged file does. What the project
 * lets stand is found here all the same: a canary proves that the detectors are live, not what becomes of their hits.
 */
export function fileCanaries(tools: AuditTools): Canary[] {
  const strict = acceptingNothing(tools);
  return [dicomCanary(strict), biometricCanary(strict), hl7Canary(strict), linkCanary(strict)];
}

/** Places of the DICOM canary, each of which must give a finding. */
const DICOM_PLACES = [
  '(0008,103E)',
  '(0010,0010)',
  '(0010,0020)',
  '(0020,000D)',
  '(0040,0275)[0].(0032,1060)',
  'trailing',
  'preamble',
];

function dicomCanary(tools: AuditTools): Canary {
  const file = readDicom(memorySource(dicomFile([])), LIMITS);
  const search = new PassageSearch(tools, [], SUBJECT, 'dicom');
  const source = memorySource(dicomFile([]));
  for (const passage of dicomPassages(readSecond(source, file, LIMITS), source, file).passages)
    search.passage(passage);
  return countPlaces('audit of a DICOM file', DICOM_PLACES, search);
}

/** A photograph by its class, a picture of an eye by its modality, and a face that a file declares. */
function biometricCanary(tools: AuditTools): Canary {
  const pixels = encodeElement(parseTag('7FE00010'), 'OW', new Uint8Array(2), EXPLICIT);
  const files = [
    [text('00080016', 'UI', '1.2.840.10008.5.1.4.1.1.77.1.4')],
    [text('00080060', 'CS', 'OP'), pixels],
    [text('00280302', 'CS', 'YES')],
  ];
  const found = files.filter((elements) => {
    const source = memorySource(dicomPart10(elements));
    const search = new PassageSearch(tools, [], SUBJECT, 'dicom');
    for (const one of biometricsOf(readSecond(source, readDicom(source, LIMITS), LIMITS)))
      search.whole('biometric-class', one);
    return search.result().findings.length > 0;
  });
  return { detector: 'biometric-class', planted: files.length, found: found.length };
}

const HL7_PLACES = ['PID-3', 'PID-5', 'PID-19', 'NTE', 'ZPI-2'];
const MESSAGE = [
  'MSH|^~\\&|A|B|C|D|2019||ADT^A08|1|P|2.5',
  'PID|1||ZQX4471902^^^CANARY^MR||Quillfeather^Ottoline||||||||||||||912-47-3086',
  'NTE|1||call Ottoline Quill',
  'NTE|2||feather at 617-555-0143',
  'ZPI|1|Quillfeather^Ottoline',
].join('\r');

function hl7Canary(tools: AuditTools): Canary {
  const search = new PassageSearch(tools, [], SUBJECT, 'hl7');
  for (const message of hl7Passages(readHl7Second(Buffer.from(MESSAGE)))) {
    for (const passage of message.passages) search.passage(passage);
  }
  return countPlaces('audit of an HL7 message', HL7_PLACES, search);
}

/** Somebody whom nobody knows: named in one text, and once more where nothing but that gives the name away. */
function linkCanary(tools: AuditTools): Canary {
  const search = new PassageSearch(tools, [], SUBJECT, 'text');
  const passage = (text: string, hints: Partial<PassageHints>, locus: string): Passage => ({
    text,
    locus,
    place: 'element',
    hints: { format: 'dicom', ...hints },
  });
  search.passage(passage('WENDELGARTH', { vr: 'CS' }, 'before'));
  search.passage(passage('seen by Dr. Wendelgarth today', { vr: 'LT' }, 'name'));
  search.passage(passage('WENDELGARTH', { vr: 'CS' }, 'behind'));
  const found = search.result().findings.filter(({ finding }) => finding.detector === LINKS).length;
  return { detector: LINKS, planted: 2, found };
}

/** What is looked for in pixels: only where the run has pictures, since reading takes a second. */
export async function pictureCanaries(tools: AuditTools): Promise<Canary[]> {
  const found = findFaces(drawnFace(160, 120, 80)).length;
  return [await pixelCanary(tools), { detector: 'face', planted: 1, found: Math.min(1, found) }];
}

/** A frame with the name burned in. */
async function pixelCanary(tools: AuditTools): Promise<Canary> {
  const { width, height, pixels } = burnedIn('TREFALLEHAL');
  const bytes = dicomFile([
    us('00280002', 1),
    text('00280004', 'CS', 'MONOCHROME2'),
    us('00280010', height),
    us('00280011', width),
    us('00280100', 8),
    us('00280101', 8),
    us('00280102', 7),
    us('00280103', 0),
    encodeElement(parseTag('7FE00010'), 'OW', pixels, EXPLICIT),
  ]);
  const file = readDicom(memorySource(bytes), LIMITS);
  const pixelsOfCanary = pixelsOf(readSecond(memorySource(bytes), file, LIMITS), EXPLICIT_LE, file.body);
  const search = new PassageSearch(tools, [], SUBJECT, 'dicom');
  if (pixelsOfCanary !== undefined)
    await searchFrames(pixelsOfCanary, search, tools, [], { framePixels: 1 << 24, pictureSeconds: 60 });
  const found = search.result().findings.some(({ finding }) => finding.detector === 'known');
  return { detector: 'reading of pixels', planted: 1, found: found ? 1 : 0 };
}

function countPlaces(detector: string, places: readonly string[], search: PassageSearch): Canary {
  const loci = search.result().findings.map(({ finding }) => finding.locus);
  const found = places.filter((place) => loci.some((locus) => locus.startsWith(place))).length;
  return { detector, planted: places.length, found };
}

const text = (tag: string, vr: string, value: string): Uint8Array =>
  encodeElement(parseTag(tag), vr, Buffer.from(value, 'latin1'), EXPLICIT);

function us(tag: string, value: number): Uint8Array {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setUint16(0, value, true);
  return encodeElement(parseTag(tag), 'US', bytes, EXPLICIT);
}

function dicomPart10(elements: readonly Uint8Array[]): Buffer {
  const head = encodeFileHead({
    sopClass: '1.2.840.10008.5.1.4.1.1.7',
    sopInstance: '',
    transferSyntax: EXPLICIT_LE,
    implementationClass: '1.2.840.10008.1.1',
    implementationVersion: 'CANARY',
  });
  return Buffer.concat([head, ...elements]);
}

function dicomFile(image: readonly Uint8Array[]): Buffer {
  const head = dicomPart10([]);
  const isPicture = image.length > 0;
  if (!isPicture) head.write('Quillfeather^Ottoline', 0, 'latin1');
  return Buffer.concat([
    head,
    text('0008103E', 'LO', 'knee of Ottoline Quillfeather'),
    text('00100010', 'PN', 'Quillfeather^Ottoline'),
    text('00100020', 'LO', 'ZQX4471902'),
    text('0020000D', 'UI', '1.2.826.0.1.3680043.2.1125.77.4471902'),
    ...image,
    ...(isPicture
      ? []
      : [
          encodeSequence(
            parseTag('00400275'),
            [text('00321060', 'LO', 'for QUILLFEATHER, OTTOLINE')],
            EXPLICIT,
          ),
        ]),
    ...(isPicture ? [] : [Buffer.from('Quillfeather^Ottoline', 'latin1')]),
  ]);
}

const SCALE = 4;

/** Letters of five by seven dots, enlarged, light on dark. */
function burnedIn(word: string): { width: number; height: number; pixels: Uint8Array } {
  const width = (word.length * 6 + 10) * SCALE;
  const height = 40 * SCALE;
  const pixels = new Uint8Array(width * height).fill(16);
  [...word].forEach((letter, index) => {
    (CANARY_LETTERS[letter] ?? []).forEach((row, y) => {
      [...row].forEach((dot, x) => {
        if (dot !== '#') return;
        for (let dy = 0; dy < SCALE; dy += 1) {
          const start = ((16 + y) * SCALE + dy) * width + (5 + index * 6 + x) * SCALE;
          pixels.fill(240, start, start + SCALE);
        }
      });
    });
  });
  return { width, height, pixels };
}
