import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { REPORT_FORMATS, type ReportFormat } from '../report/reporter.ts';
import type { CommandContext } from './context.ts';
import { interruptible, progressEvents, tellUnreleased } from './terminal.ts';

interface ScanFlags {
  readonly format: ReportFormat;
  readonly output?: string;
  readonly project?: string;
  readonly known?: string;
  readonly work?: string;
  readonly strict?: boolean;
  readonly quiet?: boolean;
}

/** `phi-gate scan INPUT`: the audit alone, over data that somebody else de-identified, or nobody did. */
export function scanCommand(context: CommandContext): Command {
  return new Command('scan')
    .description('audit alone: look for identifiers in data that somebody else de-identified, or nobody did')
    .argument('<input>', 'file or folder; never written to')
    .addOption(new Option('--format <format>', 'rendering').choices([...REPORT_FORMATS]).default('text'))
    .option('--output <file>', 'write to a file instead of the standard output')
    .option('--project <file>', 'project.yaml: filters, limits, what to look for')
    .option('--known <file>', 'CSV of identifiers to look for: value,category,kind')
    .option('--work <dir>', 'work folder of a run: its codes are known as codes')
    .option('--strict', 'doubtful words are suspects too, as with `detect.strict` in project.yaml')
    .option('--quiet', 'no progress')
    .action(async (input: string, { format, output, quiet, ...paths }: ScanFlags) => {
      const [{ scan }, { REPORTERS }] = await Promise.all([
        import('../run/scan.ts'),
        import('../report/registry.ts'),
      ]);
      const outcome = await scan({
        input,
        ...paths,
        ...progressEvents(quiet === true),
        signal: interruptible(),
      });
      if (!quiet) tellUnreleased(outcome.unreadable);
      const rendered = REPORTERS[format].render(outcome.result, outcome.findings);
      if (output !== undefined) writeFileSync(output, rendered);
      else if (!quiet || format !== 'text') process.stdout.write(rendered);
      context.exit(outcome.result.exitCode);
    });
}
