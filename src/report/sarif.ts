import { CATEGORIES } from '../model/category.ts';
import type { Finding } from '../model/finding.ts';
import type { RunResult } from '../model/result.ts';
import { masked } from './masked.ts';
import type { Reporter } from './reporter.ts';

/** Findings as SARIF 2.1.0 (OASIS): a rule for each detector's rule, a result for each finding. */
export const sarif: Reporter = {
  id: 'sarif',
  render: (result, findings) => `${JSON.stringify(log(result, findings.map(masked)), null, 2)}\n`,
};

function log(result: RunResult, findings: readonly Finding[]): unknown {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: result.tool.name, semanticVersion: result.tool.version, rules: ruleList(findings) },
        },
        invocations: [
          {
            executionSuccessful: result.verdict !== 'incomplete',
            exitCode: result.exitCode,
            startTimeUtc: result.startedAt,
            endTimeUtc: result.endedAt,
          },
        ],
        results: findings.map(resultOf),
      },
    ],
  };
}

const ruleId = (finding: Finding): string => `${finding.detector}/${finding.rule}`;

function ruleList(findings: readonly Finding[]): unknown[] {
  const rules = new Map(findings.map((finding) => [ruleId(finding), finding]));
  return [...rules].sort(byId).map(([id, finding]) => ({
    id,
    shortDescription: { text: CATEGORIES[finding.category] },
    properties: { category: finding.category },
  }));
}

const byId = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function resultOf(finding: Finding): unknown {
  const uri = finding.file?.split('/').map(encodeURIComponent).join('/');
  return {
    ruleId: ruleId(finding),
    level: finding.tier === 'leak' ? 'error' : 'warning',
    message: {
      text: `${CATEGORIES[finding.category]} at ${finding.locus}: ${finding.shown} (${finding.explain})`,
    },
    locations: [
      {
        ...(uri === undefined ? {} : { physicalLocation: { artifactLocation: { uri } } }),
        logicalLocations: [{ fullyQualifiedName: `${finding.sourceId}/${finding.locus}` }],
      },
    ],
    partialFingerprints: { 'phiGate/run': finding.fingerprint },
    properties: {
      confidence: finding.confidence,
      explain: finding.explain,
      format: finding.format,
      span: finding.span,
      ...(finding.frame === undefined ? {} : { frame: finding.frame }),
      ...(finding.box === undefined ? {} : { box: finding.box }),
    },
  };
}
