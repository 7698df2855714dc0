import { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { interruptible, progressEvents, tellUnreleased } from './terminal.ts';

interface RunFlags {
  readonly out: string;
  readonly project?: string;
  readonly work?: string;
  readonly known?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** `phi-gate run INPUT --out DIR`: mask, audit, gate, report. */
export function runCommand(context: CommandContext): Command {
  return new Command('run')
    .description('mask DICOM and HL7 v2, audit the result, release what passes, write the closeout report')
    .argument('<input>', 'file or folder; never written to')
    .requiredOption('--out <dir>', 'gets data/ (released files) and report/')
    .option('--project <file>', 'project.yaml; without one the safe-harbor template')
    .option('--work <dir>', 'private folder of crosswalk and state (default: DIR.work)')
    .option('--known <file>', 'CSV of identifiers to look for: value,category,kind')
    .option('--quiet', 'print nothing but errors')
    .option('--json', 'print result.json instead of a summary')
    .action(async (input: string, flags: RunFlags) => {
      const { quiet, json, ...paths } = flags;
      const [{ run }, { text }, { resultJson }] = await Promise.all([
        import('../run/run.ts'),
        import('../report/text.ts'),
        import('../report/json.ts'),
      ]);
      const outcome = await run({
        input,
        ...paths,
        ...progressEvents(quiet === true),
        signal: interruptible(),
      });
      if (!quiet) tellUnreleased(outcome.unreleased);
      if (json) process.stdout.write(`${resultJson(outcome.result).trimEnd()}\n`);
      else if (!quiet) {
        process.stdout.write(
          `${text.render(outcome.result, outcome.findings).trimEnd()}\n\nreport: ${outcome.report}\n`,
        );
      }
      context.exit(outcome.result.exitCode);
    });
}
