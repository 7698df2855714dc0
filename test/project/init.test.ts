import { describe, expect, it } from 'vitest';
import { initialProject, projectText } from '../../src/project/init.ts';
import { parseProject, TEMPLATES, templateSettings } from '../../src/project/load.ts';
import { keysOf } from '../../src/project/outline.ts';
import { projectSchema } from '../../src/project/schema.ts';
import { packagePath } from '../../src/rules.ts';

/** The text with every setting switched on: lines that begin with `#` and no space. */
const allSwitchedOn = (text: string) => text.replace(/^( *)#(?=[^ ])/gm, '$1');

describe.each(TEMPLATES)('the template %s', (name) => {
  const text = initialProject(name);

  it('is the text that its own settings give (vitest -u rewrites it from the schema)', async () => {
    await expect(projectText(templateSettings(name), name)).toMatchFileSnapshot(
      packagePath(`rules/templates/${name}.yaml`),
    );
  });

  it('loads, and names itself', () => {
    expect(parseProject(text).template).toBe(name);
  });

  it('loads with every switched-off setting switched on', () => {
    const project = parseProject(allSwitchedOn(text));
    expect(project.rules.dicom).toHaveLength(3);
    expect(project.rules.hl7).toHaveLength(2);
    expect(project.filters).toMatchObject({
      modality: ['CT', 'MR'],
      from: '2019-01-01',
      optOut: 'opt-out.csv',
    });
    expect(project.evidence.permittedPurpose).toBe('research');
    expect(project.events?.name).toBe('DIAGNOSIS');
  });

  it('mentions every key of the schema, and describes it', () => {
    for (const [key, setting] of keysOf(projectSchema) ?? []) {
      expect(text).toMatch(new RegExp(`^#?${key}:`, 'm'));
      expect(setting.description, key).toBeTruthy();
      for (const inner of setting.meta()?.example === undefined ? (keysOf(setting)?.keys() ?? []) : []) {
        expect(text).toMatch(new RegExp(`^ +#?${inner}:`, 'm'));
      }
    }
  });

  it('has no long lines', () => {
    const longest = Math.max(...text.split('\n').map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(100);
  });
});
