import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { file, header, imageModule } from '../fixtures/dicom-image.ts';
import { hl7Sample } from '../fixtures/hl7-sample.ts';
import { MARTHA, uidOf } from '../fixtures/people.ts';

const STUDY = { number: 71, date: '20190412', accession: 'ACC20190412A7' };

/** CT slices of 512x512 at 16 bits, each with its own noise, as explicit little endian files. */
export function writeSlices(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  const pixels = Buffer.alloc(512 * 512 * 2);
  let state = 1;
  for (let i = 0; i < pixels.length; i += 2) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    pixels.writeUInt16LE((state >>> 16) & 0x0fff, i);
  }
  for (let i = 0; i < count; i++) {
    pixels.writeUInt32LE(i, 0);
    writeFileSync(join(folder, `slice-${i}.dcm`), slice(i, pixels));
  }
}

function slice(instance: number, pixels: Buffer): Buffer {
  const picture = { columns: 512, rows: 512, grey: new Uint8Array(0) };
  const builder = imageModule(header('CT', MARTHA, STUDY, instance), picture, 16)
    .text('ProtocolName', 'Thorax_Routine_5mm')
    .text('BodyPartExamined', 'CHEST')
    .text('KVP', '120')
    .text('PixelSpacing', '0.7\\0.7')
    .text('ImagePositionPatient', `-120\\-120\\${instance * 5}`)
    .text('FrameOfReferenceUID', uidOf(71, 4))
    .text('PatientComments', 'Call daughter Rosalind Greenhalge before contrast')
    .sequence('RequestAttributesSequence', [
      (item) =>
        item.text('ScheduledProcedureStepID', 'SPS-778-2201').text('RequestedProcedureID', 'RPID-55102'),
    ])
    .value(0x7fe00010, 'OW', { kind: 'bytes', bytes: pixels });
  return file(builder).bytes;
}

/** One native frame of 3 GiB: a header and a file that is only as long as the header says. */
export function writeHuge(path: string): number {
  const length = 3 * 1024 ** 3;
  const picture = { columns: 49152, rows: 32768, grey: new Uint8Array(0) };
  const builder = imageModule(header('CT', MARTHA, STUDY, 1), picture, 16).value(0x7fe00010, 'OW', {
    kind: 'bytes',
    bytes: new Uint8Array(0),
  });
  const { bytes } = file(builder);
  bytes.writeUInt32LE(length, bytes.length - 4);
  const target = openSync(path, 'w');
  writeSync(target, bytes);
  ftruncateSync(target, bytes.length + length);
  closeSync(target);
  return bytes.length + length;
}

/**
 * Messages as an interface engine sees them: those of the sample set, and results of 30 observations, which make most of the
 * traffic. Each has numbers, names and dates of its own, so that nothing gains by remembering the last one.
 */
export function messages(count: number): string[] {
  const texts = hl7Sample()
    .filter(({ file }) => !/batch|mllp|headerless|mixed|delimiters|bom|latin1/.test(file))
    .map(({ bytes }) => bytes.toString('utf8'));
  return Array.from({ length: count }, (_, i) => {
    const text = i % 2 === 0 ? laboratoryResult() : (texts[(i >> 1) % texts.length] ?? '');
    return varied(text, i);
  });
}

/** Results of which no observation comes twice: each message has a time to the second and values of its own. */
export function freshResults(count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const time = new Date(Date.UTC(2019, 0, 1) + i * 731_000).toISOString().replace(/\D/g, '').slice(0, 14);
    const text = laboratoryResult((analyte) => ((analyte + 1) * 7.3 + i / 10).toFixed(1));
    return varied(text, i).replace(/(?<=\|)2019\d{10}(?=\|)/g, time);
  });
}

/** Other digits in every number of six and more (dates stay dates), other letters after the names. */
function varied(text: string, i: number): string {
  const tail = String(i).padStart(6, '0').slice(-6);
  return text
    .replace(/(?<![\d.])(?!19|20)\d{6,}/g, (digits) => digits.slice(0, -6) + tail)
    .replace(
      /(?<!\d)(19|20)(\d\d)(\d\d)(\d\d)/g,
      (_, century, year) =>
        `${century}${year}${String((i % 12) + 1).padStart(2, '0')}${String((i % 28) + 1).padStart(2, '0')}`,
    )
    .replace(/GREENHALGE|KOWALCZYK|FITZWILLIAM/g, (name) => `${name}${letters(i)}`);
}

const letters = (i: number): string =>
  String.fromCharCode(65 + (i % 26), 65 + ((i / 26) % 26), 65 + ((i / 676) % 26));

function laboratoryResult(resultOf = (analyte: number): string => (analyte * 7.3).toFixed(1)): string {
  const observations = Array.from(
    { length: 30 },
    (_, i) =>
      `OBX|${i + 1}|NM|${2000 + i}-1^Analyte ${i}^LN||${resultOf(i)}|mmol/L^^UCUM|1.0-9.9|N|||F|||20190412091500||20417^TREVELLICK^IMOGEN^^^DR\r`,
  );
  return [
    'MSH|^~\\&|LAB|MAIN|EHR|WARD|20190412091500||ORU^R01^ORU_R01|MSG2019041200|P|2.5.1\r',
    'PID|1||70458812^^^NORTHSHORE^MR||GREENHALGE^MARTHA||19610314|F|||418 Quarrington Lane^^Belmarsh^MA^02139||617-555-0143|||||ACT9920417733|912-47-3086\r',
    'PV1|1|I|W2^201^A||||1093817465^HOLLOWAYNE^PETRA^^^DR||||||||||||V778120455\r',
    'OBR|1|PLC5583920|ACC20190412A7|24323-8^Metabolic panel^LN|||20190412091500|||||||||1093817465^HOLLOWAYNE^PETRA^^^DR\r',
    ...observations,
  ].join('');
}
