import { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { interruptible, progressEvents } from './terminal.ts';

interface MaskFlags {
  readonly out: string;
  readonly project?: string;
  readonly work?: string;
  readonly known?: string;
  readonly quiet?: boolean;
}

/** `phi-gate mask INPUT --out DIR`: masking alone; it says so. */
export function maskCommand(context: CommandContext): Command {
  return new Command('mask')
    .description('mask alone, without any audit: the output is marked as not audited')
    .argument('<input>', 'file or folder; never written to')
    .requiredOption('--out <dir>', 'gets not-audited/')
    .option('--project <file>', 'project.yaml; without one the safe-harbor template')
    .option('--work <dir>', 'private folder of crosswalk and state (default: DIR.work)')
    .option('--known <file>', 'CSV of identifiers to clean from texts')
    .option('--quiet', 'print nothing but errors')
    .action(async (input: string, { quiet, ...paths }: MaskFlags) => {
      const { mask } = await import('../run/mask.ts');
      const { masked, failed, skipped } = await mask({
        input,
        ...paths,
        ...progressEvents(quiet === true),
        signal: interruptible(),
      });
      if (!quiet) {
        process.stdout.write(
          `masked ${masked}, not masked ${failed}, skipped ${skipped}\nNOT AUDITED: nothing here was checked; do not share it before \`phi-gate run\`\n`,
        );
      }
      context.exit(masked + failed === 0 ? 4 : failed > 0 ? 3 : 0);
    });
}
