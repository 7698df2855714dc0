#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { crosswalkCommand } from './commands/crosswalk.ts';
import { initCommand } from './commands/init.ts';
import { manifestCommand } from './commands/manifest.ts';
import { maskCommand } from './commands/mask.ts';
import { type ExitCode, reportError } from './commands/outcome.ts';
import { reportCommand } from './commands/report.ts';
import { rulesCommand } from './commands/rules.ts';
import { runCommand } from './commands/run.ts';
import { scanCommand } from './commands/scan.ts';
import { VERSION } from './version.ts';

/** Parses the command line and runs one command. @returns its exit code. */
async function main(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  const context = {
    exit: (wanted: ExitCode) => {
      code = wanted;
    },
  };
  const program = new Command('phi-gate')
    .description(
      'masks DICOM and HL7 v2, audits the result against the 18 HIPAA identifiers, releases only what passes',
    )
    .version(VERSION);
  const commands = [
    runCommand(context),
    scanCommand(context),
    maskCommand(context),
    manifestCommand(),
    reportCommand(),
    crosswalkCommand(),
    initCommand(),
    rulesCommand(context),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...commands]) command.exitOverride();
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return reportError(error);
  }
  return code;
}

// A reader that went away (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});
process.exitCode = await main(process.argv);
