import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { REPORT_FORMATS, type ReportFormat } from '../report/reporter.ts';

/** `phi-gate report --work DIR --format F`: another rendering of the last run's result. */
export function reportCommand(): Command {
  return new Command('report')
    .description('render the result of the last run again')
    .requiredOption('--work <dir>', 'work folder of the run')
    .addOption(new Option('--format <format>', 'rendering').choices([...REPORT_FORMATS]).default('html'))
    .option('--output <file>', 'write to a file instead of the standard output')
    .option('--quiet', 'accepted for symmetry')
    .action(async ({ work, format, output }: { work: string; format: ReportFormat; output?: string }) => {
      const [{ lastResult }, { REPORTERS }] = await Promise.all([
        import('../run/last-result.ts'),
        import('../report/registry.ts'),
      ]);
      const { result, findings } = lastResult(resolve(work));
      const text = REPORTERS[format].render(result, findings);
      if (output === undefined) process.stdout.write(text);
      else writeFileSync(output, text);
    });
}
