import { csv } from './csv.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Reporter, ReportFormat } from './reporter.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

/** Every reporter by its format, as `--format` names it. */
export const REPORTERS: Readonly<Record<ReportFormat, Reporter>> = {
  text,
  html,
  json,
  jsonl,
  csv,
  md: markdown,
  sarif,
  junit,
};
