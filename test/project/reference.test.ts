import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { z } from 'zod';
import { parseProject } from '../../src/project/load.ts';
import { choicesOf, keysOf } from '../../src/project/outline.ts';
import { projectSchema } from '../../src/project/schema.ts';
import { packagePath } from '../../src/rules.ts';

const BEGIN = '<!-- settings: written from the schema by `vitest -u` -->\n';
const END = '<!-- end of settings -->';

const path = packagePath('docs/project-file.md');
const page = readFileSync(path, 'utf8');

/** The table of all settings, from the schema that reads them. */
function settingsTable(): string {
  const rows = settings(projectSchema, '').map(
    ([key, setting]) =>
      `| \`${key}\` | ${values(setting)} | ${setting.description?.replaceAll('|', '\\|') ?? ''} |`,
  );
  return ['| key | values | |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

function settings(schema: z.ZodType, prefix: string): [string, z.ZodType][] {
  return [...(keysOf(schema) ?? [])].flatMap(([key, setting]): [string, z.ZodType][] => {
    const inner = keysOf(setting);
    const isGroup = inner !== undefined && setting.meta()?.example === undefined;
    return isGroup ? settings(setting, `${prefix}${key}.`) : [[`${prefix}${key}`, setting]];
  });
}

function values(setting: z.ZodType): string {
  const parsed = setting.safeParse(undefined);
  const fallback: unknown = parsed.success ? parsed.data : undefined;
  const choices = choicesOf(setting)?.map((choice) => (choice === fallback ? `**${choice}**` : choice));
  if (choices !== undefined) return choices.join(', ');
  if (typeof fallback === 'boolean')
    return [true, false].map((choice) => (choice === fallback ? `**${choice}**` : choice)).join(', ');
  return typeof fallback === 'number' ? `a number, **${fallback}**` : '';
}

describe('docs/project-file.md', () => {
  it('has the table of settings that the schema gives', async () => {
    const [before = '', rest = ''] = page.split(BEGIN);
    const after = rest.slice(rest.indexOf(END));
    await expect(`${before}${BEGIN}\n${settingsTable()}\n${after}`).toMatchFileSnapshot(path);
  });

  it('has an example that loads', () => {
    const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    expect(parse(example)).toHaveProperty('rules');
    expect(parseProject(example).dates).toBe('shift');
  });

  it('names every action', () => {
    const dicom = keysOf(keysOf(projectSchema)?.get('rules') as z.ZodType)?.get('dicom');
    for (const name of dicom?.description?.match(/do: (.*?)\./)?.[1]?.split(', ') ?? []) {
      expect(page).toContain(`\`${name}\``);
    }
  });
});
