import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../src/csv.ts';
import { SHOWN } from '../../src/model/finding.ts';
import { resultJson } from '../../src/report/json.ts';
import { findingLine } from '../../src/report/jsonl.ts';
import { REPORTERS } from '../../src/report/registry.ts';
import { REPORT_FORMATS } from '../../src/report/reporter.ts';
import { acceptingResult, passingResult, sampleFinding, sampleFindings, sampleResult } from './sample.ts';

describe.each(REPORT_FORMATS)('the reporter %s', (format) => {
  const reporter = REPORTERS[format];

  it('carries its own name', () => {
    expect(reporter.id).toBe(format);
  });

  it('ends its last line, and is the same for the same result', () => {
    const report = reporter.render(sampleResult(), sampleFindings());
    expect(report.endsWith('\n')).toBe(true);
    expect(reporter.render(sampleResult(), sampleFindings())).toBe(report);
  });

  it('shows no value, even where a finding holds one by mistake', () => {
    const careless = { ...sampleFinding({ shown: 'Doe^Jane' }), value: 'Doe^Jane' };
    expect(reporter.render(sampleResult(), [careless])).not.toContain('Doe^Jane');
  });

  it('renders a run without findings', () => {
    expect(() => reporter.render(passingResult(), [])).not.toThrow();
  });

  it('never speaks of compliance', () => {
    expect(reporter.render(passingResult(), [])).not.toMatch(/complian/i);
  });
});

describe('findings.jsonl', () => {
  it('has the keys of the contract in their order, and no others', () => {
    const finding = sampleFinding({ file: 'ct-0001.dcm', frame: 7, box: [1, 2, 3, 4] });
    expect(Object.keys(JSON.parse(findingLine(finding)))).toEqual([
      'sourceId',
      'file',
      'format',
      'locus',
      'span',
      'box',
      'frame',
      'category',
      'detector',
      'rule',
      'tier',
      'confidence',
      'explain',
      'shown',
      'fingerprint',
    ]);
    expect(Object.keys(JSON.parse(findingLine(sampleFinding())))).not.toContain('file');
    expect(JSON.parse(findingLine(finding)).shown).toBe(SHOWN);
  });

  it('is a finding a line, whatever stands in a name', () => {
    const report = REPORTERS.jsonl.render(sampleResult(), [
      sampleFinding({ file: 'a\nb"c' }),
      sampleFinding(),
    ]);
    const lines = report.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? '').file).toBe('a\nb"c');
    expect(REPORTERS.jsonl.render(sampleResult(), [])).toBe('');
  });
});

describe('json', () => {
  it('is the result itself, with the findings beside it', () => {
    const { findings, ...result } = JSON.parse(REPORTERS.json.render(sampleResult(), sampleFindings()));
    expect(result).toEqual(sampleResult());
    expect(findings).toEqual(sampleFindings());
    expect(JSON.parse(resultJson(sampleResult()))).toEqual(sampleResult());
  });
});

describe('text', () => {
  it('begins with the verdict and ends with the exit code', () => {
    const report = REPORTERS.text.render(sampleResult(), sampleFindings());
    expect(report).toMatch(/^INCOMPLETE {2}Not everything/);
    expect(report).toMatch(/3 leaks, 12 suspects\. Exit code 3\.\n$/);
    expect(report).toContain('31  Image frames');
  });

  it('cannot be made to write over the terminal', () => {
    const finding = sampleFinding({ file: 'a\u001B[2J\r\nPASS', locus: 'filename\u0007' });
    const report = REPORTERS.text.render(sampleResult(), [finding]);
    expect(report.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(report).not.toMatch(/^PASS/m);
  });

  it('lists 200 findings and counts the rest', () => {
    const many = Array.from({ length: 300 }, () => sampleFinding());
    expect(REPORTERS.text.render(sampleResult(), many)).toContain('... and 100 more');
  });
});

describe('csv', () => {
  it('can be read back', () => {
    const rows = parseCsv(
      REPORTERS.csv.render(sampleResult(), [sampleFinding({ file: 'a,"b"\nc.dcm' })]),
    ).map(({ fields }) => fields);
    expect(rows).toHaveLength(2);
    expect(rows[1]?.[1]).toBe('a,"b"\nc.dcm');
    expect(rows[1]).toHaveLength(rows[0]?.length ?? 0);
  });

  it('gives a spreadsheet no formula', () => {
    const [, row] = parseCsv(REPORTERS.csv.render(sampleResult(), [sampleFinding({ file: '=1+1' })])).map(
      ({ fields }) => fields,
    );
    expect(row?.[1]).toBe("'=1+1");
  });
});

describe('sarif', () => {
  it('names each rule once, and leaks are errors', () => {
    const log = JSON.parse(REPORTERS.sarif.render(sampleResult(), sampleFindings()));
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    const ids = run.tool.driver.rules.map((rule: { id: string }) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(run.results).toHaveLength(sampleFindings().length);
    for (const result of run.results) expect(ids).toContain(result.ruleId);
    expect(run.results[0].level).toBe('error');
    expect(run.invocations[0].executionSuccessful).toBe(false);
  });
});

describe.each(['text', 'html', 'md', 'json', 'junit'] as const)('%s', (format) => {
  it('says loudly what rules of the project keep', () => {
    const report = REPORTERS[format].render(acceptingResult(), []);
    expect(report).toMatch(/accepted[ -]risk/i);
    expect(report).toMatch(/rules of the project keep|"rule": "OperatorsName"/);
  });
});

describe('junit', () => {
  it('makes what was not run an error, never a skip', () => {
    const report = REPORTERS.junit.render(sampleResult(), []);
    expect(report).toMatch(/name="Every frame was read or cleared"><error /);
    expect(report).toMatch(/name="xlsx"><error /);
    expect(report).toMatch(/name="A Names"><failure /);
    expect(report).toMatch(/name="B Geographic[^"]*"\/>/);
  });

  it('makes accepted risk a skip that says so', () => {
    const report = REPORTERS.junit.render(acceptingResult(), []);
    expect(report).toMatch(/name="A Names"><skipped message="Accepted risk: 4 identifiers that rules/);
    expect(report).toContain('failures="0"');
  });

  it('escapes text from outside', () => {
    const hostile = sampleResult({
      checks: [{ id: 'x', title: '"><x/>&', state: 'fail', detail: '"><x/>' }],
    });
    expect(REPORTERS.junit.render(hostile, [])).not.toContain('<x/>');
  });
});

describe('md', () => {
  it('keeps text from outside in its cell', () => {
    const hostile = sampleResult({
      reasons: [{ status: 'held', code: 'suspects', explain: 'a | b\n# c', count: 1 }],
    });
    const report = REPORTERS.md.render(hostile, []);
    expect(report).toContain('a &#124; b');
    expect(report).not.toMatch(/^# c/m);
  });
});
