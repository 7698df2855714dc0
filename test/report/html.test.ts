import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '../../src/model/category.ts';
import { html } from '../../src/report/html.ts';
import { packagePath } from '../../src/rules.ts';
import { passingResult, sampleFinding, sampleFindings, sampleResult } from './sample.ts';

const HOSTILE = `<img src=x onerror="alert('1')">&{{constructor}}`;

describe('the closeout report', () => {
  const report = html.render(sampleResult(), sampleFindings());

  it('has verdict, scope, method, coverage, matrix, checks, actions, reasons, findings, versions, limits, attestation', () => {
    const headings = [...report.matchAll(/<h2>([^<]+)<\/h2>/g)].map((match) => match[1]);
    expect(headings).toEqual([
      'Scope',
      'Method',
      'Coverage',
      'The 18 identifiers',
      'Checks',
      'Actions by attribute',
      'Not released',
      'Findings',
      'Versions',
      'Limits',
      'Attestation',
    ]);
    expect(report).toContain('<p class="word">Incomplete</p>');
  });

  it('shows all 18 identifiers, each with its state in words', () => {
    const rows = report.match(/<td class="letter">[\s\S]*?<\/tr>/g) ?? [];
    const matrix = rows.filter((row) => row.includes('class="by"'));
    expect(matrix).toHaveLength(Object.keys(CATEGORIES).length);
    for (const row of matrix) expect(row).toMatch(/class="badge [a-z-]+">[A-Z][a-z ]+</);
  });

  it('says what was claimed, what may be claimed and why they differ', () => {
    expect(report).toContain('Safe Harbor, 45 CFR 164.514(b)(2)');
    expect(report).toContain('None until no leak is left');
    expect(report).toContain('<li>3 leaks were found.</li>');
    expect(report).toContain('Not ready to be signed');
  });

  it('asks for name, date and time, meaning and validity of the signature', () => {
    for (const words of [
      '164.514(b)(2)(ii)',
      '21 CFR 11.50',
      'Printed name',
      'Date and time',
      'Valid until',
      'Meaning',
    ]) {
      expect(report).toContain(words);
    }
  });

  it('loads nothing from anywhere and runs no script', () => {
    expect(report).not.toMatch(/<script|<link|<img|@import|url\(|https?:|javascript:/i);
  });

  it('never speaks of compliance', () => {
    expect(report).not.toMatch(/complian/i);
  });

  it('gives every column a heading and every table a scope', () => {
    for (const table of report.match(/<table[\s\S]*?<\/table>/g) ?? []) {
      expect(table).toContain('<th scope="col"');
      const columns = [...table.matchAll(/<th scope="col"(?: class="n")?(?: colspan="(\d)")?/g)];
      const width = columns.reduce((sum, [, span]) => sum + Number(span ?? 1), 0);
      for (const row of table.match(/<tr>[\s\S]*?<\/tr>/g)?.slice(1) ?? []) {
        expect(row.match(/<t[hd][ >]/g)).toHaveLength(width);
      }
    }
  });

  it('closes what it opens', () => {
    const open: string[] = [];
    for (const [, close, name = ''] of report.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (['meta', 'br'].includes(name)) continue;
      if (close === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it('is the same for the same result', () => {
    expect(html.render(sampleResult(), sampleFindings())).toBe(report);
  });
});

describe('the report of a run that passed', () => {
  const report = html.render(passingResult(), []);

  it('may be signed', () => {
    expect(report).toContain('<p class="word">Passed</p>');
    expect(report).not.toContain('Not ready to be signed');
    expect(report).not.toContain('Why the two differ');
    expect(report).toContain('Nothing was left unsearched.');
  });
});

describe('the report of a scan', () => {
  it('leaves out what a scan does not do', () => {
    const { manifestSha256: _, ...scan } = sampleResult({
      command: 'scan',
      verdict: 'findings',
      exitCode: 1,
    });
    const report = html.render(scan, sampleFindings());
    expect(report).toContain('Scan report');
    expect(report).not.toMatch(/Actions by attribute|Manifest|<th[^>]*>Masked/);
  });

  it('holds when there was nothing', () => {
    const base = sampleResult();
    const report = html.render(
      {
        ...base,
        command: 'scan',
        verdict: 'nothing-to-scan',
        exitCode: 4,
        sources: { ...base.sources, byFormat: [], total: 0 },
        coverage: {
          ...base.coverage,
          places: [],
          notSearched: [],
          frames: { total: 0, read: 0, cleared: 0, notRun: 0 },
        },
        project: { ...base.project, purpose: '', recipient: '', decisions: [] },
        actions: [],
        reasons: [],
        checks: [],
        canaries: [],
        rules: [],
        anomalies: [],
        limits: [],
      },
      [],
    );
    expect(report).toContain('Nothing to scan');
    expect(report).toContain('nothing proves that the detectors were live');
  });
});

describe('text from outside', () => {
  it('is escaped wherever it stands', () => {
    const base = sampleResult();
    const report = html.render(
      {
        ...base,
        runId: HOSTILE,
        tool: { ...base.tool, version: HOSTILE, node: HOSTILE },
        project: {
          ...base.project,
          name: HOSTILE,
          purpose: HOSTILE,
          recipient: HOSTILE,
          template: HOSTILE,
          decisions: [{ label: HOSTILE, setting: HOSTILE }],
        },
        claim: { claimed: HOSTILE, claimable: HOSTILE, why: [HOSTILE] },
        coverage: { ...base.coverage, notSearched: [{ what: HOSTILE, count: 1, why: HOSTILE }] },
        actions: [{ attribute: HOSTILE, action: HOSTILE, count: 1 }],
        checks: [{ id: 'x', title: HOSTILE, state: 'fail', detail: HOSTILE }],
        canaries: [{ detector: HOSTILE, planted: 1, found: 0 }],
        rules: [{ file: HOSTILE, edition: HOSTILE, sha256: HOSTILE }],
        anomalies: [{ kind: HOSTILE, count: 1 }],
        limits: [HOSTILE],
      },
      [sampleFinding({ sourceId: HOSTILE, file: HOSTILE, locus: HOSTILE, rule: HOSTILE })],
    );
    expect(report).not.toContain('<img');
    expect(report).toContain('&lt;img');
  });

  it('cannot turn the direction of a line or write control characters', () => {
    const report = html.render(sampleResult(), [sampleFinding({ file: 'a\u202Egnp.exe\u0000\u001B[2J' })]);
    expect(report).not.toMatch(/[\u202E\u0000\u001B]/);
  });
});

describe('findings', () => {
  it('shows the mask whatever a finding holds', () => {
    const report = html.render(sampleResult(), [sampleFinding({ shown: 'Doe^Jane' })]);
    expect(report).not.toContain('Doe^Jane');
  });

  it('lists the first 200, leaks first, and counts the rest', () => {
    const many = Array.from({ length: 450 }, (_, i) =>
      sampleFinding({ sourceId: `s-${i}`, tier: i === 449 ? 'leak' : 'suspect', fingerprint: `f-${i % 3}` }),
    );
    const report = html.render(sampleResult(), many);
    expect(report).toContain('450 findings, 3 distinct values');
    expect(report).toContain('the first 200; 250 more are in findings.jsonl');
    expect(report.indexOf('>s-449<')).toBeGreaterThan(0);
    expect(report.indexOf('>s-449<')).toBeLessThan(report.indexOf('>s-0<'));
    expect(report).not.toContain('>s-200<');
  });
});

describe('the templates', () => {
  const folder = packagePath('reports/partials');
  const files = ['../closeout.hbs', ...readdirSync(folder)];

  it.each(files)('%s escapes every value', (file) => {
    const source = readFileSync(`${folder}/${file}`, 'utf8');
    expect(source).not.toMatch(/\{\{\{|\{\{&/);
    expect(() => Handlebars.parse(source)).not.toThrow();
  });
});
