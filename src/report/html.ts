import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { Finding } from '../model/finding.ts';
import type { RunResult } from '../model/result.ts';
import { packagePath } from '../rules.ts';
import { closeoutView } from './closeout.ts';
import type { Reporter } from './reporter.ts';
import { bytes, number, utc } from './words.ts';

/** Helpers of the templates: they format, and give text that the template then escapes. */
const HELPERS: Readonly<Record<string, (value: unknown) => string>> = {
  number: (value) => (typeof value === 'number' ? number(value) : ''),
  bytes: (value) => (typeof value === 'number' ? bytes(value) : ''),
  zero: (value) => (value === 0 ? ' zero' : ''),
  utc: (value) => (typeof value === 'string' ? utc(value) : ''),
};

let closeout: HandlebarsTemplateDelegate | undefined;

/**
 * The closeout report: one HTML file that needs no script, font or picture from anywhere, for the screen and for A4 or
 * Letter paper. Every value is escaped; the templates under `reports/` decide nothing but the layout.
 */
export const html: Reporter = {
  id: 'html',
  render: (result: RunResult, findings: readonly Finding[]) => {
    closeout ??= compileCloseout();
    return closeout(closeoutView(result, findings));
  },
};

function compileCloseout(): HandlebarsTemplateDelegate {
  const handlebars = Handlebars.create();
  for (const [name, helper] of Object.entries(HELPERS)) handlebars.registerHelper(name, helper);
  for (const file of readdirSync(packagePath('reports/partials'))) {
    if (file.endsWith('.hbs'))
      handlebars.registerPartial(file.slice(0, -4), readTemplate(`partials/${file}`));
  }
  return handlebars.compile(readTemplate('closeout.hbs'), { strict: true, preventIndent: true });
}

const readTemplate = (name: string): string => readFileSync(packagePath(`reports/${name}`), 'utf8');
