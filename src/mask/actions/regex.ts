import { RE2JS } from 're2js';
import { PhiGateError } from '../../errors.ts';

const compiled = new Map<string, RE2JS>();

/**
 * `text` with every match of `pattern` replaced by `replacement`, in which `$1` is the first group. The pattern comes
 * from project.yaml and runs in linear time (RE2 syntax: no back-references, no look-around).
 * @throws PhiGateError `usage` where the pattern does not compile.
 */
export function replaceMatches(text: string, pattern: string, replacement: string): string {
  return compile(pattern).matcher(text).replaceAll(replacement);
}

/** Whether `pattern` matches anywhere in `text`. Throws as {@link replaceMatches}. */
export function hasMatch(text: string, pattern: string): boolean {
  return compile(pattern).matcher(text).find();
}

function compile(pattern: string): RE2JS {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    try {
      expression = RE2JS.compile(pattern);
    } catch (cause) {
      const what = 'a regular expression of project.yaml does not compile as RE2: correct its `pattern`';
      throw new PhiGateError('usage', what, {}, cause);
    }
    compiled.set(pattern, expression);
  }
  return expression;
}
