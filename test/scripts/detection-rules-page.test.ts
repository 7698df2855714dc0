import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectionRulesPage } from '../../scripts/detection-rules-page.ts';
import { loadRules } from '../../src/detect/rule.ts';
import { packagePath } from '../../src/rules.ts';

describe('docs/detection-rules.md', () => {
  const page = readFileSync(packagePath('docs/detection-rules.md'), 'utf8');

  it('is what `npm run docs` writes from the rules', () => {
    expect(page).toBe(detectionRulesPage());
  });

  it('has a row for each rule, of seven cells', () => {
    for (const { id } of loadRules()) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${id}\``)) ?? '';
      expect([id, row.match(/(?<!\\)\|/g)?.length]).toEqual([id, 8]);
    }
  });
});
