import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyFile, Planted } from '../../fixtures/key.ts';
import { whole } from '../../fixtures/malformed.ts';
import { type Finding, SHOWN } from '../../src/model/finding.ts';
import { onePage, showing } from '../documents/pdf/write.ts';
import {
  CLEAN,
  filesUnder,
  isBuilt,
  type Outcome,
  parseFindings,
  phiGate,
  SAMPLE,
  scratch,
  TRACE,
  treeHash,
} from './cli.ts';
import { KEY, needles, needlesIn } from './key.ts';

/** Indices, components and messages left out: what segment and field, what tag path, what part of the file. */
function coarse(locus: string): string {
  return locus
    .replace(/^message\[\d+\] ?/, '')
    .replace(/\[\d+\]/g, '')
    .replace(/^([A-Z][A-Z0-9]{2}-\d+)[.(].*$/, '$1')
    .replace(/^(frame \d+).*$/, '$1');
}

/** A place that may be reported by more than one name. */
const SAME_PLACE: Record<string, RegExp> = {
  codestream: /codestream|raw|pixel|7FE0/i,
  'raw bytes': /raw|bytes|text/i,
  text: /./,
  trailing: /trailing|raw/i,
  preamble: /preamble|raw/i,
  filename: /file ?name/i,
};

const sameLocus = (planted: Planted, finding: Finding): boolean =>
  SAME_PLACE[planted.locus]?.test(finding.locus) ?? coarse(finding.locus).startsWith(coarse(planted.locus));

/** `file` of a finding has each identifying part masked: the rest must fit. */
function namesFile(finding: Finding, file: string): boolean {
  const parts = (finding.file ?? '').split(SHOWN).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 's').test(file);
}

describe.skipIf(!isBuilt)('scan', { timeout: 600_000 }, () => {
  const folder = scratch('scan');
  const own = scratch('scan-own');
  let scan: Outcome;
  let findings: Finding[] = [];
  let before = '';

  beforeAll(async () => {
    before = treeHash(SAMPLE);
    scan = await phiGate(['scan', SAMPLE, '--format', 'jsonl']);
    findings = parseFindings(scan.stdout);
  }, 600_000);
  afterAll(() => [folder, own].forEach(({ remove }) => void remove()));

  const found = (file: KeyFile, planted: Planted): boolean => {
    const accepted = planted.category + (planted.also ?? '');
    return findings.some(
      (finding) =>
        namesFile(finding, file.file) && accepted.includes(finding.category) && sameLocus(planted, finding),
    );
  };

  it('says of each finding why it is one', () => {
    expect(findings.filter(({ explain }) => explain.length < 8)).toEqual([]);
    expect(new Set(findings.map(({ explain }) => explain)).size).toBeGreaterThan(20);
  });

  it('tells of as many findings as a file has', async () => {
    mkdirSync(own.path('many'));
    const rows = Array.from({ length: 130_000 }, (_, i) => `CT,${4_829_130 + i}`);
    writeFileSync(own.path('many', 'list.csv'), ['Study,MRN', ...rows].join('\n'));
    const { code, stdout } = await phiGate(['scan', own.path('many')]);
    expect(code).toBe(1);
    expect(stdout).toContain('130,000 leaks');
  });

  it('finds every planted identifier with its category and place', () => {
    const missed = KEY.files.flatMap((file) =>
      file.planted
        .filter((planted) => !planted.orNotSearched && !found(file, planted))
        .map((planted) => `${file.file} ${planted.locus} ${planted.category} (${planted.place})`),
    );
    expect(missed).toEqual([]);
  });

  it('calls typed identifiers leaks', () => {
    const typed = (locus: string) =>
      findings.filter((finding) => coarse(finding.locus).startsWith(locus) && finding.tier === 'leak');
    for (const locus of [
      '(0010,0010)',
      '(0010,0020)',
      'PID-3',
      'PID-5',
      'PID-19',
      'NK1-37',
      'IN1-36',
      'MRG-1',
    ])
      expect(typed(locus).length, locus).toBeGreaterThan(0);
  });

  it('ends incomplete or with findings, without a stack trace and without a value', () => {
    expect(KEY.scanExitCode).toContain(scan.code);
    expect(scan.stderr).not.toMatch(TRACE);
    expect(needlesIn(Buffer.from(scan.stdout + scan.stderr), needles())).toEqual([]);
  });

  it('leaves its input alone', () => {
    expect(treeHash(SAMPLE)).toBe(before);
  });

  it('finds no leak in a clean set', async () => {
    const clean = await phiGate(['scan', CLEAN, '--format', 'jsonl']);
    const leaks = parseFindings(clean.stdout).filter((finding) => finding.tier === 'leak');
    expect(leaks.map(({ file, locus, category, rule }) => `${file} ${locus} ${category} ${rule}`)).toEqual(
      [],
    );
    expect([0, 1]).toContain(clean.code);
  });

  it('takes the UIDs that a run gave to facilities for what they are, and an unread PDF for unread', async () => {
    const unit = 'W^R^B^GF&1.3.6.1.4.1.44750.1.2.2&ISO';
    const messages = {
      place: `MSH|^~\\&|||||20240131||SIU^S12|4711|P|2.5.1\rSCH|1|||||R^R|||||||||||||||||${unit}\rPV1|1|I|${unit}\r`,
      pdf: `MSH|^~\\&|||||20240131||ORU^R01|4712|P|2.5.1\rOBX|1|ED|11502-2^Report^LN||^AP^PDF^Base64^JVBERi0xLjcK||||||F\r`,
    };
    mkdirSync(own.path('in'));
    for (const [name, text] of Object.entries(messages)) writeFileSync(own.path('in', `${name}.hl7`), text);
    expect((await phiGate(['scan', own.path('in', 'pdf.hl7')])).code).toBe(3);
    const run = await phiGate(['run', own.path('in'), '--out', own.path('out')]);
    expect(run.code, run.stderr).toBe(0);
    const scan = await phiGate(['scan', own.path('out', 'data'), '--format', 'jsonl']);
    expect(scan.stdout.trim()).toBe('');
    expect(scan.code, scan.stderr).toBe(0);
  });

  it('reads a PDF, a photograph and a document in a message', async () => {
    const input = folder.path('documents');
    mkdirSync(input);
    const pdf = onePage(showing('SSN 623-41-9907'));
    writeFileSync(`${input}/letter`, pdf);
    const jpeg = sharp({ create: { width: 32, height: 32, channels: 3, background: 'grey' } });
    const photo = await jpeg
      .withExif({ IFD0: { Artist: 'Ximdor Vraxel' } })
      .jpeg()
      .toBuffer();
    writeFileSync(`${input}/photo`, photo);
    writeFileSync(
      `${input}/result.hl7`,
      `MSH|^~\\&|||||2024||ORU^R01|1|P|2.5.1\rOBX|1|ED|doc||^AP^PDF^Base64^${pdf.toString('base64')}\r`,
    );
    const outcome = await phiGate(['scan', input, '--format', 'jsonl']);
    const places = parseFindings(outcome.stdout).map(
      ({ file, locus, category }) => `${file} ${locus} ${category}`,
    );
    expect(places).toEqual(
      expect.arrayContaining(['letter page 1 G', 'photo metadata A', 'result.hl7 OBX-5.5 page 1 G']),
    );
    expect(outcome.code, outcome.stderr).toBe(1);
    expect(outcome.stdout + outcome.stderr).not.toMatch(/623-41|Vraxel/);
  });

  it('lists a format that it cannot read as not searched, and is incomplete', async () => {
    const input = folder.path('unreadable');
    mkdirSync(input);
    writeFileSync(`${input}/table.csv.gz`, gzipSync('mrn,name\n70458812,Martha Greenhalge\n'));
    const outcome = await phiGate(['scan', input, '--format', 'json']);
    expect(outcome.code).toBe(3);
    const result = JSON.parse(outcome.stdout) as { coverage: { notSearched: unknown[] } };
    expect(result.coverage.notSearched.length).toBeGreaterThan(0);
  });

  it('looks for identifiers that --known hands over', async () => {
    const input = folder.path('known');
    mkdirSync(input);
    writeFileSync(`${input}/note.txt`, 'The rash of quorvandel improved after the visit.\n');
    writeFileSync(folder.path('known.csv'), 'value,category\nQuorvandel,A\n');
    const without = await phiGate(['scan', input, '--format', 'jsonl']);
    const handed = await phiGate(['scan', input, '--known', folder.path('known.csv'), '--format', 'jsonl']);
    const leaks = (outcome: Outcome) =>
      parseFindings(outcome.stdout).filter((finding) => finding.tier === 'leak');
    expect(leaks(without)).toEqual([]);
    expect(leaks(handed)).toHaveLength(1);
    expect(leaks(handed)[0]?.span).toEqual([12, 22]);
    expect(handed.code).toBe(1);
  });

  it('prints nothing as jsonl where nothing was found', async () => {
    const input = folder.path('nothing');
    mkdirSync(input);
    writeFileSync(`${input}/note.txt`, 'Unremarkable.\n');
    const { stdout, code } = await phiGate(['scan', input, '--format', 'jsonl']);
    expect([stdout, code]).toEqual(['', 0]);
  });

  it('takes a single file as input', async () => {
    const path = folder.path('one.dcm');
    writeFileSync(path, whole());
    const outcome = await phiGate(['scan', path, '--format', 'jsonl']);
    expect(outcome.code).toBe(1);
    expect(parseFindings(outcome.stdout).some((finding) => finding.locus === '(0010,0010)')).toBe(true);
  });

  it('keeps nothing without --work', () => {
    expect(filesUnder(folder.path()).filter((file) => /sqlite|\.db$|\.key$/.test(file))).toEqual([]);
  });
});
