import { Argument, type Command as Program } from 'commander';
import type { Run } from './program.ts';

/** What serves the tool itself. */
export function addSetupCommands(program: Program, run: Run): void {
  program.commandsGroup('Setting up:');
  program
    .command('doctor')
    .summary("see whether all is there, and what to do where it isn't")
    .description(
      'Looks at Node.js, browser, SDK, data, settings, port, server and clock, and says what to do.',
    )
    .option('--links <url>', "check a host's app links instead, as phones do")
    .option('--ca <file>', 'with --links: trust this authority too')
    .option('--fix', "close the data folder's keys to other users")
    .option('--install-browser', 'install a browser where there is none')
    .option('--json', 'print JSON')
    .action(flags => run(async () => (await import('./doctor.ts')).doctor, flags, { bearsFaults: true }));
  program
    .command('completion')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .summary('let your shell complete commands, flags and ids')
    .description('Prints what a shell needs to complete commands, flags, their values and ids of meetings.')
    .addHelpText('after', '\nExample:\n  source <(meet completion bash)\n')
    .action(shell => run(async () => (await import('./completion.ts')).completion, { shell }));
  // What those scripts call.
  program
    .command('complete [words...]', { hidden: true })
    .action(words => run(async () => (await import('./completion.ts')).complete, { words, program }));
}
