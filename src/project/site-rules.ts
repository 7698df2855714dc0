import { patternProblem } from '../detect/linear.ts';
import { loadRules } from '../detect/rule.ts';
import { compileSiteRule, hitsSample, missesSample, readSample } from '../detect/site-rules.ts';
import type { Path } from './document.ts';
import { detectionRuleSchema } from './schema/detection.ts';

type Report = (path: Path, text: string) => void;

/**
 * What the schema cannot say of `detect.rules`: whether patterns can be used, ids are free, and samples do what they are
 * there for. Nothing of a pattern or a sample is quoted: both may spell an identifier.
 */
export function judgeSiteRules(rules: readonly unknown[], report: Report): void {
  const taken = new Set(rules.length === 0 ? [] : loadRules().map(({ id }) => id));
  for (const [index, given] of rules.entries()) {
    const path = ['detect', 'rules', index];
    const id = idOf(given);
    if (id !== undefined && taken.has(id))
      report([...path, 'id'], `rule \`${id}\`: another rule has this id`);
    if (id !== undefined) taken.add(id);
    judgeSiteRule(given, id ?? `${index + 1}`, path, report);
  }
}

function judgeSiteRule(given: unknown, name: string, path: Path, report: Report): void {
  const pattern = (given as { readonly pattern?: unknown } | null)?.pattern;
  const problem = typeof pattern === 'string' ? patternProblem(pattern) : undefined;
  if (problem !== undefined) report([...path, 'pattern'], `the pattern of rule \`${name}\`: ${problem}`);
  const parsed = detectionRuleSchema.safeParse(given);
  if (!parsed.success || problem !== undefined) return;
  const rule = compileSiteRule(parsed.data);
  for (const [index, sample] of parsed.data.hits.entries()) {
    if (hitsSample(rule, sample)) continue;
    const what = readSample(sample).marked === undefined ? 'it' : 'its marked part';
    report(
      [...path, 'hits', index],
      `sample ${index + 1} of \`hits\` of rule \`${name}\`: the rule does not hit ${what}`,
    );
  }
  for (const [index, sample] of parsed.data.misses.entries()) {
    if (!missesSample(rule, sample))
      report(
        [...path, 'misses', index],
        `sample ${index + 1} of \`misses\` of rule \`${name}\`: the rule hits it`,
      );
  }
}

/** An id that may be shown: one that looks like an id. */
function idOf(given: unknown): string | undefined {
  const id = (given as { readonly id?: unknown } | null)?.id;
  const parsed = detectionRuleSchema.shape.id.safeParse(id);
  return parsed.success ? parsed.data : undefined;
}
