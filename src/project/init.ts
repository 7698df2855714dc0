import { stringify } from 'yaml';
import type { z } from 'zod';
import { type TemplateName, templateSettings } from './load.ts';
import { choicesOf, keysOf } from './outline.ts';
import { projectSchema } from './schema.ts';

const WIDTH = 96;

const ABOUT: Readonly<Record<TemplateName, string>> = {
  'safe-harbor':
    'safe-harbor: the 18 identifiers of 45 CFR 164.514(b)(2) go; years, three ZIP digits, states, sex and cleaned ' +
    'descriptions stay.',
  'limited-data-set':
    'limited-data-set: the direct identifiers of 45 CFR 164.514(e)(2) go; dates, ages, city, state and ZIP stay. It ' +
    'needs a data use agreement and a permitted purpose.',
  'research-longitudinal':
    'research-longitudinal: dates are shifted by a random offset for each patient, so that intervals stay. It needs ' +
    'an Expert Determination, 45 CFR 164.514(b)(1).',
};

const HOW_TO_READ =
  'A line that begins with # and no space is a setting that is switched off: take the # away to use it. What this ' +
  'file leaves out, its template supplies.';

/** The text of a commented project file with the settings of `template`, for `phi-gate init`. */
export function initialProject(template: TemplateName): string {
  return projectText(templateSettings(template), template);
}

/**
 * A commented project file with `settings`: every key of the schema with what it means, its choices and its value. What
 * has no value stands there switched off. The files under `rules/templates/` are this text.
 */
export function projectText(settings: Readonly<Record<string, unknown>>, template: TemplateName): string {
  const head = [
    ...remark('phi-gate project file', ''),
    ...remark(ABOUT[template], ''),
    ...remark(HOW_TO_READ, ''),
  ];
  return `${[...head, ...mapping(projectSchema, settings, '')].join('\n')}\n`;
}

function mapping(schema: z.ZodType, settings: Readonly<Record<string, unknown>>, indent: string): string[] {
  const lines: string[] = [];
  for (const [key, setting] of keysOf(schema) ?? []) {
    const section = setting.meta()?.section;
    if (section !== undefined) lines.push('', `# ---- ${section} ----`);
    if (indent === '') lines.push('');
    lines.push(...describe(setting, indent), ...entry(key, setting, settings[key], indent));
  }
  return lines;
}

function describe(setting: z.ZodType, indent: string): string[] {
  const lines = remark(setting.description ?? '', indent);
  const choices = choicesOf(setting);
  return choices === undefined ? lines : [...lines, ...remark(`One of: ${choices.join(', ')}.`, indent)];
}

function entry(key: string, setting: z.ZodType, given: unknown, indent: string): string[] {
  const example = setting.meta()?.example;
  if (example === undefined && keysOf(setting) !== undefined) {
    const inner = (given ?? {}) as Readonly<Record<string, unknown>>;
    return [`${indent}${key}:`, ...mapping(setting, inner, `${indent}  `)];
  }
  const value = given ?? defaultOf(setting);
  if (example !== undefined && isNothing(value)) return switchedOff(key, example, indent);
  return [`${indent}${key}: ${inline(value)}`];
}

function defaultOf(setting: z.ZodType): unknown {
  const result = setting.safeParse(undefined);
  return result.success ? result.data : undefined;
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  );
}

function switchedOff(key: string, example: string, indent: string): string[] {
  if (!example.startsWith('- ')) return [`${indent}#${key}: ${example}`];
  return [`${indent}#${key}:`, ...example.split('\n').map((line) => `${indent}#${line}`)];
}

/** A value on one line. */
function inline(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, singleQuote: true }).trimEnd();
}

/** A text as comment lines of at most `WIDTH` characters. */
function remark(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (line !== '' && indent.length + 2 + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines.map((content) => `${indent}# ${content}`);
}
