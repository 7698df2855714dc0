import { existsSync, writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { PhiGateError } from '../errors.ts';
import type { TemplateName } from '../project/load.ts';

/** `phi-gate init`: a commented project file. */
export function initCommand(): Command {
  return new Command('init')
    .description('write a commented project.yaml')
    .argument('[file]', 'where to write it', 'project.yaml')
    .addOption(
      new Option('--template <name>', 'what to start from')
        .choices(['safe-harbor', 'limited-data-set', 'research-longitudinal'])
        .default('safe-harbor'),
    )
    .option('--quiet', 'print nothing')
    .action(async (file: string, { template, quiet }: { template: TemplateName; quiet?: boolean }) => {
      if (existsSync(file)) throw new PhiGateError('usage', 'the file is there already; name another one');
      const { initialProject } = await import('../project/init.ts');
      writeFileSync(file, initialProject(template));
      if (!quiet)
        process.stdout.write(
          'wrote the project file; read it, decide, and hand it to `phi-gate run --project`\n',
        );
    });
}
