import { resolve } from 'node:path';
import { Command } from 'commander';

/** `phi-gate manifest --work DIR`: what became of each source. Private: it names them. */
export function manifestCommand(): Command {
  return new Command('manifest')
    .description('print what became of each source, a JSON line each (private: it names sources)')
    .requiredOption('--work <dir>', 'work folder of the run')
    .option('--quiet', 'accepted for symmetry')
    .action(async ({ work }: { work: string }) => {
      const { manifestLines } = await import('../run/manifest.ts');
      for (const line of manifestLines(resolve(work))) process.stdout.write(`${line}\n`);
    });
}
