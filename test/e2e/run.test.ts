import { lstatSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  filesUnder,
  isBuilt,
  type ManifestLine,
  manifestOf,
  modeOf,
  type Outcome,
  parseFindings,
  phiGate,
  resultOf,
  SAMPLE,
  scratch,
  sha256,
  TRACE,
  treeHash,
} from './cli.ts';
import { KEY, leaksUnder, needles, needlesIn } from './key.ts';
import { elementsOf } from './structure.ts';

describe.skipIf(!isBuilt)('run over the sample set', { timeout: 600_000 }, () => {
  const folder = scratch('run');
  let out = '';
  let work = '';
  const all = needles();
  let before = '';
  let first: Outcome;
  let manifest: ManifestLine[] = [];

  beforeAll(async () => {
    out = folder.path('out');
    work = folder.path('work');
    before = treeHash(SAMPLE);
    first = await phiGate(['run', SAMPLE, '--out', out, '--work', work]);
    manifest = await manifestOf(work);
  }, 600_000);
  afterAll(() => folder.remove());

  const lineOf = (source: string): ManifestLine => {
    const line = manifest.find((candidate) => candidate.source === source);
    if (!line) throw new Error(`no manifest line for ${source}`);
    return line;
  };
  const released = (source: string): string => join(out, 'data', lineOf(source).output ?? 'not released');
  const hl7 = (source: string): string[] => readFileSync(released(`hl7/${source}`), 'utf8').split(/[\r\n]+/);
  const field = (source: string, segment: string, number: number): string =>
    hl7(source)
      .find((line) => line.startsWith(`${segment}|`))
      ?.split('|')[segment === 'MSH' ? number - 1 : number] ?? '';
  const element = (source: string, tag: string): string =>
    elementsOf(released(`dicom/${source}`))
      .find((line) => line.startsWith(`${tag} `))
      ?.split(' ')
      .slice(2)
      .join(' ') ?? '';

  it('ends with the exit code that the key states, without a stack trace', () => {
    expect(first.stderr).not.toMatch(TRACE);
    expect(first.code, first.stderr).toBe(KEY.runExitCode);
  });

  it('prints where the report is', () => {
    expect(`${first.stdout}${first.stderr}`).toContain('closeout.html');
    expect(filesUnder(join(out, 'report'))).toEqual(
      expect.arrayContaining(['closeout.html', 'findings.jsonl', 'result.json']),
    );
  });

  it('does with each file what the key says', () => {
    const wrong = KEY.files.flatMap(({ file, run }) => {
      const { status, reason, parts } = lineOf(file);
      if (!run.status.includes(status))
        return [`${file}: ${status} (${reason}), expected ${run.status.join(' or ')}`];
      if (run.reason && !run.reason.includes(reason))
        return [`${file}: reason ${reason}, expected ${run.reason.join(' or ')}`];
      if (run.parts && (parts?.released !== run.parts.released || parts.withheld !== run.parts.withheld))
        return [`${file}: parts ${JSON.stringify(parts)}, expected ${JSON.stringify(run.parts)}`];
      return [];
    });
    expect(wrong).toEqual([]);
  });

  it('leaves nothing planted in the release, whatever the encoding', () => {
    expect(leaksUnder(join(out, 'data'), all)).toEqual([]);
  });

  it('leaves nothing planted in the report or on the terminal', () => {
    expect(leaksUnder(join(out, 'report'), all)).toEqual([]);
    expect(needlesIn(Buffer.from(first.stdout + first.stderr), all)).toEqual([]);
  });

  it('keeps nothing planted in clear in the work folder', () => {
    // Encrypted bytes spell any four or five bytes now and then.
    const long = all.filter(({ bytes }) => bytes.length >= 6);
    expect(leaksUnder(work, long)).toEqual([]);
  });

  it('counts every source once, and the counts of manifest and result agree', () => {
    const { sources } = resultOf(out);
    const count = (status: string) => manifest.filter((line) => line.status === status).length;
    expect(manifest.map((line) => line.source).sort()).toEqual(filesUnder(SAMPLE));
    expect(new Set(manifest.map((line) => line.sourceId)).size).toBe(manifest.length);
    expect(sources).toMatchObject({
      total: manifest.length,
      released: count('released'),
      held: count('held'),
      quarantined: count('quarantined'),
      skipped: count('skipped'),
    });
  });

  it('puts into data/ the released files alone, with the hashes that the manifest states', () => {
    const outputs = manifest.filter((line) => line.status === 'released');
    expect(outputs.map((line) => line.output).sort()).toEqual(filesUnder(join(out, 'data')));
    for (const line of outputs) {
      expect(sha256(join(out, 'data', line.output ?? ''))).toBe(line.sha256Out);
      expect(sha256(join(SAMPLE, line.source))).toBe(line.sha256In);
    }
  });

  it('gives released files plain names and one fixed time stamp', () => {
    const files = filesUnder(join(out, 'data'));
    for (const part of files.flatMap((file) => file.split('/')))
      expect(part).toMatch(/^[a-z0-9-]{1,64}(\.(dcm|hl7))?$/);
    expect(new Set(files.map((file) => lstatSync(join(out, 'data', file)).mtimeMs)).size).toBe(1);
  });

  it('keeps the work folder to its owner', () => {
    expect(modeOf(work)).toBe('700');
    for (const file of filesUnder(work)) expect(modeOf(join(work, file)), basename(file)).toBe('600');
  });

  it('never writes to its input', () => {
    expect(treeHash(SAMPLE)).toBe(before);
  });

  it('finds nothing any more in what it masked and blacked out', () => {
    expect(parseFindings(readFileSync(join(out, 'report/findings.jsonl'), 'utf8'))).toEqual([]);
  });

  it('gives the same patient, order and study one code in both formats', () => {
    const ct = 'GREENHALGE_MARTHA_70458812/CT_0001.dcm';
    const patient = element(ct, 'x00100020');
    expect(patient).not.toBe('');
    expect(field('adt_a01_greenhalge.hl7', 'PID', 3).split('^')[0]).toBe(patient);
    expect(field('orm_o01_zds.hl7', 'PID', 3).split('^')[0]).toBe(patient);
    expect(field('orm_o01_zds.hl7', 'OBR', 18)).toBe(element(ct, 'x00080050'));
    expect(field('omi_o23.hl7', 'IPC', 1)).toBe(element(ct, 'x00080050'));
    expect(field('orm_o01_zds.hl7', 'ZDS', 1).split('^')[0]).toBe(element(ct, 'x0020000d'));
  });

  it('keeps equal numbers of different issuers apart and joins what A40 merges', () => {
    const martha = field('adt_a01_greenhalge.hl7', 'PID', 3).split('^')[0];
    const orrin = field('adt_a04_other_issuer.hl7', 'PID', 3).split('^')[0];
    expect(orrin).not.toBe(martha);
    expect(element('archive/fitzwilliam.dcm', 'x00100020')).toBe(orrin);
    const survivor = field('adt_a40_merge.hl7', 'PID', 3).split('^')[0];
    expect(field('adt_a40_merge.hl7', 'MRG', 1).split('^')[0]).toBe(survivor);
    expect(element('places/preamble.dcm', 'x00100020')).toBe(survivor);
  });

  it('points MSA-2 at the masked MSH-10', () => {
    expect(field('ack.hl7', 'MSA', 2)).toBe(field('adt_a01_greenhalge.hl7', 'MSH', 10));
  });

  it('uses one UID for a study over its files, and in the file meta group', () => {
    const files = ['CT_0001.dcm', 'CT_0002.dcm', 'CT_0003.dcm', 'CT_0004.dcm'].map(
      (name) => `GREENHALGE_MARTHA_70458812/${name}`,
    );
    expect(new Set(files.map((name) => element(name, 'x0020000d'))).size).toBe(1);
    expect(new Set(files.map((name) => element(name, 'x00080018'))).size).toBe(4);
    for (const name of files) {
      expect(element(name, 'x00080018')).toMatch(/^2\.25\.\d+$/);
      expect(element(name, 'x00020003')).toBe(element(name, 'x00080018'));
    }
  });

  it('keeps what research needs: descriptors, numbers, codes, safe private elements', () => {
    expect(element('GREENHALGE_MARTHA_70458812/CT_0001.dcm', 'x00081030')).toBe('THORAX ROUTINE');
    expect(element('GREENHALGE_MARTHA_70458812/CT_0001.dcm', 'x00181030')).toBe('Thorax_Routine_5mm');
    expect(elementsOf(released('dicom/documents/sr_chest.dcm')).join('\n')).toMatch(/x0040a30a DS 12\.4/);
    const regions = elementsOf(released('dicom/documents/rtstruct.dcm')).filter((line) =>
      line.includes('x30060026'),
    );
    expect(regions.join('\n')).toContain('PTV_60');
    expect(regions.join('\n')).toContain('Spinal Cord');
    expect(elementsOf(released('dicom/nested/private.dcm')).join('\n')).toContain('Philips Imaging DD 001');
    expect(elementsOf(released('dicom/nested/private.dcm')).join('\n')).not.toContain('ACME HIS');
  });

  it('marks what it masked, and the pixels of released files are the same', () => {
    const wrong = manifest
      .filter((line) => line.status === 'released' && line.source.startsWith('dicom/'))
      .flatMap((line) => {
        const pixels = (lines: string[]) =>
          lines.filter((text) => text.startsWith('x7fe00010 ')).map((text) => text.split(' ').at(-1));
        const masked = elementsOf(join(out, 'data', line.output ?? ''));
        if (!masked.some((text) => /^x00120062 (CS)? YES/.test(text)))
          return [`${line.source} is not marked`];
        const redacted = KEY.files.some(({ file, run }) => file === line.source && run.redacted);
        const isPlain = !redacted && !/trailing|duplicates|IM000001|_implicit|jpeg_comment/.test(line.source);
        if (!isPlain) return [];
        const original = pixels(elementsOf(join(SAMPLE, line.source)));
        return JSON.stringify(pixels(masked)) === JSON.stringify(original)
          ? []
          : [`${line.source} has other pixels`];
      });
    expect(wrong).toEqual([]);
  });

  it('keeps the segments and the field counts of every released message', () => {
    const shape = (text: string) =>
      text
        .split(/[\r\n\x0b\x1c]+/)
        .filter((line) => line.length > 3)
        .map((line) => `${line.slice(0, 3)} ${line.split(line.includes('$') ? '$' : '|').length}`);
    const wrong = manifest
      .filter((line) => line.status === 'released' && line.source.startsWith('hl7/') && !line.parts?.withheld)
      .filter((line) => {
        const masked = shape(readFileSync(join(out, 'data', line.output ?? ''), 'latin1'));
        return (
          JSON.stringify(masked) !== JSON.stringify(shape(readFileSync(join(SAMPLE, line.source), 'latin1')))
        );
      });
    expect(wrong.map((line) => line.source)).toEqual([]);
  });

  it('never writes "" where the source does not have it', () => {
    const made = manifest
      .filter(
        (line) =>
          line.status === 'released' && line.source.startsWith('hl7/') && !line.source.endsWith('nulls.hl7'),
      )
      .filter((line) => readFileSync(join(out, 'data', line.output ?? ''), 'latin1').includes('""'));
    expect(made.map((line) => line.source)).toEqual([]);
    expect(hl7('adt_a08_nulls.hl7').join('\r')).toContain('""');
  });

  it('resumes: a second run gives the same release and the same exit code', async () => {
    const data = treeHash(join(out, 'data'));
    const second = await phiGate(['run', SAMPLE, '--out', out, '--work', work]);
    expect(second.code).toBe(first.code);
    expect(treeHash(join(out, 'data'))).toBe(data);
    const again = await manifestOf(work);
    expect(again).toEqual(manifest);
  });

  it('leaves no leak for a scan that knows the codes of the run', async () => {
    const scan = await phiGate(['scan', join(out, 'data'), '--work', work, '--format', 'jsonl']);
    expect(leaksOf(scan)).toEqual([]);
  });

  it('leaves a scan that knows nothing no more than codes in the places of identifiers', async () => {
    const scan = await phiGate(['scan', join(out, 'data'), '--format', 'jsonl']);
    expect(leaksOf(scan).filter((leak) => !/ typed\.[A-R]$/.test(leak))).toEqual([]);
  });
});

const leaksOf = ({ stdout }: Outcome): string[] =>
  parseFindings(stdout)
    .filter((finding) => finding.tier === 'leak')
    .map(({ file, locus, category, rule }) => `${file} ${locus} ${category} ${rule}`);
