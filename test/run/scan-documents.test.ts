import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { type ScanOutcome, scan } from '../../src/run/scan.ts';
import { EXPLICIT, el, part10 } from '../audit/dicom/build.ts';
import { onePage, showing, stream } from '../documents/pdf/write.ts';
import { blank, drawText } from '../ocr/bitmap-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'phi-gate-documents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NUMBER = '623-41-9907';
let count = 0;

/** Scans one file of the given name and content. */
async function scanned(name: string, content: Uint8Array | string, project?: string): Promise<ScanOutcome> {
  const input = join(folder, String(count++));
  mkdirSync(input);
  writeFileSync(join(input, name), content);
  const settings = join(folder, `${count}.yaml`);
  if (project !== undefined) writeFileSync(settings, `version: 1\n${project}\n`);
  return scan({ input, ...(project !== undefined && { project: settings }) });
}

const places = ({ findings }: ScanOutcome): string[] =>
  findings.map(({ locus, category }) => `${locus} ${category}`);
const number = ({ findings }: ScanOutcome): Finding | undefined =>
  findings.find(({ category }) => category === 'G');

describe('scan of documents', { timeout: 180_000 }, () => {
  it('reads a PDF by its content, whatever its name', async () => {
    const outcome = await scanned('record.dat', onePage(showing(`SSN ${NUMBER}`)));
    expect(number(outcome)).toMatchObject({ locus: 'page 1', span: [4, 15], format: 'document' });
    expect(outcome.result.exitCode).toBe(1);
    expect(outcome.result.canaries).toContainEqual({
      detector: 'reading of documents',
      planted: 3,
      found: 3,
    });
    expect(JSON.stringify(outcome)).not.toContain(NUMBER);
  });

  it('reads RTF through its escapes', async () => {
    const outcome = await scanned('note.rtf', String.raw`{\rtf1 SSN 62\b 3-41\'2d9907\par}`);
    expect(number(outcome)).toMatchObject({ locus: 'text' });
  });

  it('reads HTML over its tags, at the place where it stands in the file, and once', async () => {
    const html = `<html><body><p>SSN 623<b>-41</b>-9907</p></body></html>`;
    const outcome = await scanned('page.html', html);
    expect(number(outcome)).toMatchObject({ locus: 'text', format: 'text' });
    expect(number(outcome)?.span[0]).toBe(html.indexOf('623'));
    const plain = await scanned('page.html', `<p>SSN ${NUMBER}</p>`);
    expect(plain.findings.filter(({ category }) => category === 'G')).toHaveLength(1);
  });

  it('reads a clinical document by what its places say', async () => {
    const cda =
      '<ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole><id extension="ZK4471"/><patient>' +
      '<name><given>Ximdor</given><family>Vraxel</family></name></patient></patientRole></recordTarget></ClinicalDocument>';
    const outcome = await scanned('cda.xml', cda);
    expect(places(outcome)).toEqual(expect.arrayContaining(['text A', 'text H']));
  });

  it('reads what a photograph says of itself', async () => {
    const jpeg = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'grey' } })
      .withExif({ IFD0: { Artist: 'Ximdor Vraxel' }, IFD3: { GPSLatitude: '48/1 8/1 30/1' } })
      .jpeg()
      .toBuffer();
    const outcome = await scanned('photo', jpeg);
    expect(places(outcome)).toEqual(expect.arrayContaining(['metadata A', 'metadata B']));
    expect(outcome.result.coverage.frames).toMatchObject({ total: 1, notRun: 0 });
  });

  it('reads the pixels of a picture and of a page', async () => {
    const image = blank(420, 60, 255);
    drawText(image, 'SSN 623-41-9907', 20, 20, 3, 0);
    const raw = { width: 420, height: 60, channels: 1 } as const;
    const png = await sharp(Buffer.from(image.data), { raw }).png().toBuffer();
    const picture = await scanned('picture.png', png);
    expect(picture.findings.some(({ frame, box }) => frame === 1 && box !== undefined)).toBe(true);
    const object = stream(
      '/Type /XObject /Subtype /Image /Width 420 /Height 60 /BitsPerComponent 8 /ColorSpace /DeviceGray',
      image.data,
    );
    const page = onePage('q 380 0 0 54 10 90 cm /I Do Q', [object], { resources: '/XObject << /I 6 0 R >>' });
    const outcome = await scanned('scan.pdf', page);
    const [first] = outcome.findings;
    expect(first?.locus).toMatch(/^page 1 \d+,\d+,\d+,\d+$/);
  });

  it('reads a document inside a DICOM file and inside a message, and says the page', async () => {
    const pdf = onePage(showing(`SSN ${NUMBER}`));
    const dicom = part10(
      EXPLICIT,
      Buffer.concat([el(0x00420011, 'OB', pdf), el(0x00420012, 'LO', 'application/pdf')]),
    );
    expect(number(await scanned('encapsulated', dicom))).toMatchObject({
      locus: '(0042,0011) page 1',
      format: 'dicom',
    });
    const message = `MSH|^~\\&|||||2024||ORU^R01|1|P|2.5.1\rOBX|1|ED|doc||^AP^PDF^Base64^${pdf.toString('base64')}\r`;
    const outcome = await scanned('message.hl7', message);
    expect(number(outcome)).toMatchObject({ locus: 'OBX-5.5 page 1', format: 'hl7' });
    expect(outcome.result.exitCode).toBe(1);
    const broken = await scanned('broken.hl7', message.replace('Base64^J', 'Base64^*'));
    expect(broken.result.exitCode).toBe(3);
  });

  it('says what could not be read, and is incomplete', async () => {
    for (const [name, content, project] of [
      ['cut.png', Buffer.from('\x89PNG\r\n\x1a\n cut', 'latin1'), undefined],
      ['broken.pdf', Buffer.from('%PDF-1.7 nothing'), undefined],
      ['long.pdf', onePage(showing('x')), 'limits: { documentBytes: 100 }'],
      ['photo.jp2', Buffer.from('0000000c6a5020200d0a870a', 'hex'), undefined],
    ] as const) {
      const outcome = await scanned(name, content, project);
      expect(outcome.result.exitCode).toBe(3);
      expect(outcome.unreadable).toHaveLength(1);
    }
  });
});
