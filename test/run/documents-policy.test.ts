import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../../src/run/run.ts';
import { EXPLICIT, el, part10 } from '../audit/dicom/build.ts';
import { onePage, showing } from '../documents/pdf/write.ts';

const folder = mkdtempSync(join(tmpdir(), 'phi-gate-policy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CDA =
  '<ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole><id extension="88123471"/><patient><name>' +
  '<given>Ximena</given><family>Vraxelby</family></name></patient></patientRole></recordTarget><text>Ximena ' +
  '<content>Vraxelby</content> was seen on 05/07/2019. No fracture.</text></ClinicalDocument>';
const base64 = (data: string | Buffer): string => Buffer.from(data as Buffer).toString('base64');

function message(components: string): string {
  return (
    'MSH|^~\\&|LAB|X|Y|Z|20190507101112||ORU^R01|1|P|2.5.1\rPID|1||88123471^^^H^MR||Vraxelby^Ximena||19500312|F\r' +
    `OBR|1|||X^Report\rOBX|1|ED|11502-2^Report^LN||${components}||||||F\r`
  );
}

function instance(document: string, type: string): Buffer {
  const elements: [number, string, string][] = [
    [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.104.2'],
    [0x00080018, 'UI', '1.2.3.4.5.6.7'],
    [0x00100010, 'PN', 'Vraxelby^Ximena'],
    [0x00100020, 'LO', '88123471'],
    [0x0020000d, 'UI', '1.2.3.4.5.6'],
    [0x0020000e, 'UI', '1.2.3.4.5.61'],
  ];
  const head = elements.map(([tag, vr, value]) => el(tag, vr, value));
  return part10(
    EXPLICIT,
    Buffer.concat([...head, el(0x00420011, 'OB', document), el(0x00420012, 'LO', type)]),
  );
}

/** Runs one file under a policy; the reasons it ended with, and what was released of it. */
async function released(name: string, content: string | Buffer, documents: string) {
  const base = mkdtempSync(join(folder, 'case-'));
  const input = join(base, 'in');
  const out = join(base, 'out');
  const project = join(base, 'project.yaml');
  mkdirSync(input);
  writeFileSync(join(input, name), content);
  writeFileSync(project, `version: 1\ndocuments: ${documents}\n`);
  const { result, findings } = await run({ input, out, project });
  const manifest: { files: { file: string }[] } = JSON.parse(
    readFileSync(join(out, 'report', 'manifest.json'), 'utf8'),
  );
  const [file] = manifest.files;
  const bytes = file === undefined ? '' : readFileSync(join(out, 'data', file.file), 'latin1');
  return { result, findings, bytes };
}

describe('documents in a run', { timeout: 180_000 }, () => {
  it('are cleaned where they are text or XML, audited afresh, and released', async () => {
    const { result, findings, bytes } = await released(
      'cda.hl7',
      message(`^TEXT^XML^Base64^${base64(CDA)}`),
      'clean',
    );
    expect(findings).toEqual([]);
    expect(result.sources.released).toBe(1);
    const cleaned = Buffer.from(/Base64\^([^|]*)/.exec(bytes)?.[1] ?? '', 'base64').toString();
    expect(cleaned).toContain('No fracture.');
    expect(cleaned).not.toMatch(/Vraxelby|Ximena|88123471|05\/07/);
    expect(result.coverage.places.some(({ place }) => place === 'document')).toBe(true);
  });

  it('are cleaned in DICOM too', async () => {
    const { result, bytes } = await released('doc.dcm', instance(CDA, 'text/XML'), 'clean');
    expect(result.sources.released).toBe(1);
    expect(bytes).toContain('No fracture.');
    expect(bytes).not.toMatch(/Vraxelby|Ximena|88123471/);
  });

  it('go where they are of another kind, or the project says so', async () => {
    const pdf = message(`^AP^PDF^Base64^${base64(onePage(showing('Ximena Vraxelby')))}`);
    for (const policy of ['clean', 'remove']) {
      const { result, bytes } = await released('pdf.hl7', pdf, policy);
      expect(result.sources.released).toBe(1);
      expect(bytes).not.toContain('JVBERi');
    }
  });

  it('keep their file where the project quarantines documents', async () => {
    const { result } = await released(
      'text.hl7',
      message(`^TEXT^PLAIN^Base64^${base64('fine')}`),
      'quarantine',
    );
    expect(result.sources).toMatchObject({ released: 0, quarantined: 1 });
    expect(result.reasons[0]?.explain).toMatch('quarantines documents');
  });
});
