import type { Command as Program } from 'commander';
import type { Run } from './program.ts';

/** Taking access back; in the group of the meetings. */
export function addRemovalCommands(program: Program, run: Run): void {
  program
    .command('kick <id>')
    .summary('put somebody out; they may come again')
    .description(
      'Puts somebody out: what they were given is refused, and they may come again by what they are given anew.',
    )
    .requiredOption('--uid <uid>', 'whom')
    .option('--json', 'print JSON')
    .action((id, flags) => run(async () => (await import('./meeting-commands.ts')).kick, { ...flags, id }));
  program
    .command('revoke <id>')
    .summary('put somebody out for good')
    .description('Puts somebody out, off the list, and refuses them until they are invited or listed again.')
    .requiredOption('--uid <uid>', 'whom')
    .option('--json', 'print JSON')
    .action((id, flags) => run(async () => (await import('./meeting-commands.ts')).revoke, { ...flags, id }));
  program
    .command('rotate <id>')
    .summary('give the link another key')
    .description('Gives the link of a meeting another key, and prints it; the link of before is refused.')
    .option('--grace <duration>', 'let the old link work for so long: 10m, 2h …')
    .option('--put-out', 'put out whoever came by the link')
    .option('--json', 'print JSON')
    .action((id, flags) => run(async () => (await import('./meeting-commands.ts')).rotate, { ...flags, id }));
}
