import type { Command as Program } from 'commander';
import { numberFrom, oneOf } from './option-values.ts';
import type { Run } from './program.ts';

const EXAMPLES = `
Examples:
  meet fault add team-web --uid alice --direction up --loss 20
  meet fault add team-web --outage 7s
  meet fault add team-web --socket dead --for 10s
  meet fault add --rest 'POST /v3.0/call_tokens' --status 500 --times 1
`;

/** `meet fault …`, which the running server does. */
export function addFaultCommands(program: Program, run: Run): void {
  program.commandsGroup('Misbehaving:');
  const fault = program
    .command('fault')
    .summary('let the emulator do something wrong')
    .description('Lets the emulator of the running server do something wrong on purpose.')
    .helpCommand(false);
  fault
    .command('add [id]')
    .summary('let something go wrong')
    .description('Lets one thing go wrong in a session, or in every one when no id is given.')
    .option('--uid <uid>', 'for one person (default: for everybody)')
    .option('--for <duration>', 'for how long, like 30s (default: until it is cleared)')
    .optionsGroup('A bad network:')
    .option(
      '--direction <way>',
      'up (to the bridge), down or both (default: both)',
      oneOf('up', 'down', 'both'),
    )
    .option('--loss <percent>', 'of the packets are lost, like 20', numberFrom(0, 100))
    .option('--delay <duration>', 'more for every packet, like 100ms')
    .option('--jitter <duration>', 'up to so much more delay for each')
    .option('--reorder', 'let jitter change their order')
    .option('--bandwidth <rate>', 'bits per second at most, like 300k or 1.5M')
    .option('--outage <duration>', 'nothing gets through for so long, like 7s')
    .optionsGroup('A cut socket:')
    .option('--socket <how>', 'clean (closed) or dead (nothing passes, unsaid)', oneOf('clean', 'dead'))
    .option(
      '--sockets <which>',
      'signalling, channel or all (default: signalling)',
      oneOf('signalling', 'channel', 'all'),
    )
    .optionsGroup('Trouble with REST:')
    .option('--rest <route>', "like 'POST /v3.0/call_tokens', or '*' for all")
    .option('--status <number>', 'what it answers, from 400 to 599', numberFrom(400, 599))
    .option('--code <code>', "the vendor's code in that answer")
    .option('--slow <duration>', 'how late it answers')
    .option('--times <number>', 'for so many requests')
    .option('--expire-tokens [which]', 'call or auth tokens (default: call)', oneOf('call', 'auth'))
    .optionsGroup('Trouble with the bridge:')
    .option('--refuse-bridge', 'nobody who joins gets a session with it')
    .optionsGroup('Options:')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action((id, flags) => run(async () => (await import('./fault-add.ts')).faultAdd, { ...flags, id }));
  fault
    .command('list')
    .summary('what goes wrong now')
    .description('Lists what goes wrong on purpose now.')
    .option('--json', 'print JSON')
    .action(flags => run(async () => (await import('./fault-list.ts')).faultList, flags));
  fault
    .command('clear [id]')
    .summary('take one back, or all')
    .description('Takes a fault back, or all of them.')
    .option('--json', 'print JSON')
    .action((id, flags) => run(async () => (await import('./fault-clear.ts')).faultClear, { ...flags, id }));
}
