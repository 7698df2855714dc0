import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { PhiGateError } from '../errors.ts';

/** Not an option: what stands on a command line, every user of the machine can read. */
const PASSPHRASE_VARIABLE = 'PHI_GATE_PASSPHRASE';

/** `phi-gate crosswalk --work DIR --export FILE`: the crosswalk, encrypted, for an honest broker. */
export function crosswalkCommand(): Command {
  return new Command('crosswalk')
    .description(`export the crosswalk, encrypted with the passphrase in ${PASSPHRASE_VARIABLE}`)
    .requiredOption('--work <dir>', 'work folder of the run')
    .requiredOption('--export <file>', 'file to write (mode 0600)')
    .option('--quiet', 'print nothing')
    .action(async (flags: { work: string; export: string; quiet?: boolean }) => {
      const passphrase = process.env[PASSPHRASE_VARIABLE];
      if (passphrase === undefined)
        throw new PhiGateError('usage', `set ${PASSPHRASE_VARIABLE} to the passphrase`);
      const { exportCrosswalk } = await import('../run/export-crosswalk.ts');
      writeFileSync(flags.export, exportCrosswalk(resolve(flags.work), passphrase), {
        mode: 0o600,
        flag: 'wx',
      });
      if (!flags.quiet)
        process.stdout.write('wrote the encrypted crosswalk; give file and passphrase by separate ways\n');
    });
}
