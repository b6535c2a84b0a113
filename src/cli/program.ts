import { Command as Program } from 'commander';
import type { Command, Io, Output } from './context.ts';
import { oneOf, parseNumber } from './option-values.ts';
import { addAuditCommands } from './program-audit.ts';
import { addFaultCommands } from './program-faults.ts';
import { addInitCommands } from './program-init.ts';
import { addRemovalCommands } from './program-removals.ts';
import { addSetupCommands } from './program-setup.ts';
import { addServerFlags } from './server-flags.ts';
import { addShareFlags } from './share-flags.ts';
import { addSmokeFlags } from './smoke-flags.ts';

/** Runs a command that is loaded only now: start-up pays for no command but the one that was asked for. */
export type Run = <Flags>(
  load: () => Promise<Command<Flags>>,
  flags: Flags,
  /** It tells itself of variables that are wrong. */
  options?: { readonly bearsFaults?: boolean },
) => Promise<void>;

const splitList = (text: string) => text.split(',');
const collect = (text: string, before: readonly string[] = []) => [...before, text];
const collectList = (text: string, before: readonly string[] = []) => [...before, ...splitList(text)];

function addMeetingCommands(program: Program, run: Run): void {
  program.commandsGroup('Meetings:');
  addShareFlags(
    program
      .command('create')
      .summary('make a meeting and print its link')
      .description('Makes a meeting, or finds the one with the same id again, and prints its link.')
      .option('--strategy <name>', 'uuid, stable, team, appointment, office-hours or time (default: uuid)')
      .option('--id <id>', 'what the meeting is about, like 42 or @acme/web')
      .option('--prefix <word>', 'what the id begins with (stable, time, office-hours)')
      .option('--bucket <size>', 'a meeting per hour, day, week or month (default: day)')
      .option('--tz <zone>', "time zone of buckets and times (default: the system's)")
      .option('--title <text>', 'what the join page shows')
      .option('--starts-at <time>', 'like 2026-11-20T15:00; joining opens ten minutes before')
      .option('--expires-in <duration>', '30m, 2h, 1d …, from its start where it has one')
      .option('--expires-at <time>', 'like 2026-11-20T16:00')
      .option('--allow <uids>', 'admit only these, each with an invite: alice,bob', splitList)
      .option('--public', 'admit whoever knows the id')
      .option('--hosts <uids>', 'who may extend, end and invite: alice,bob', splitList)
      .option('--hours <times>', "admit people then only: 'Mon-Fri 14:00-16:00' (always: take that back)")
      .option('--broadcast', 'only hosts speak, the others watch; then: meet invite <id> --as alice --host')
      .option('--reopen', 'bring it back if it was ended')
      .option('--open', 'open it in the browser'),
  )
    .option('--json', 'print JSON')
    .action(flags => run(async () => (await import('./meeting-commands.ts')).create, flags));
  program
    .command('list')
    .summary('list the meetings')
    .description('Lists the meetings of this project, the newest first.')
    .option('--json', 'print JSON')
    .action(flags => run(async () => (await import('./meeting-commands.ts')).list, flags));
  addShareFlags(
    program
      .command('show <id>')
      .summary("show a meeting's link and state")
      .description('Shows a meeting: its link, who may join, and until when.'),
  )
    .option('--json', 'print JSON')
    .action((id, flags) => run(async () => (await import('./meeting-commands.ts')).show, { ...flags, id }));
  program
    .command('extend <id>')
    .summary('let a meeting live longer')
    .description('Moves the expiry of a meeting, from now on when it has expired.')
    .requiredOption('--by <duration>', '30m, 2h, 1d …')
    .option('--json', 'print JSON')
    .action((id, flags) => run(async () => (await import('./meeting-commands.ts')).extend, { ...flags, id }));
  program
    .command('end <id>')
    .summary('end a meeting: nobody gets in any more')
    .description('Ends a meeting: its links, invites and tokens are refused from now on.')
    .option('--json', 'print JSON')
    .action((id, flags) => run(async () => (await import('./meeting-commands.ts')).end, { ...flags, id }));
  addShareFlags(
    program
      .command('invite <id>')
      .summary('make a link for one person')
      .description('Makes a link that opens a meeting as one person; for several people one each.')
      .requiredOption('--as <uids>', 'the uid of that person; several: alice,bob, or --as again', collectList)
      .option('--name <name>', 'the name that others see (default: the uid); again for the next', collect)
      .option('--host', 'as a host')
      .option('--open', 'with --mailto: open the mails'),
  )
    .option('--json', 'print JSON')
    .action((id, flags) => run(async () => (await import('./meeting-commands.ts')).invite, { ...flags, id }));
}

function addServerCommands(program: Program, run: Run): void {
  program.commandsGroup('Joining:');
  addShareFlags(
    program
      .command('open <id>')
      .summary('open a meeting in the browser')
      .description('Opens the join page of a meeting, and serves it first when nothing does.')
      .option('--print', 'print the link instead')
      .option('--as <uid>', 'propose who you are; where that must be proven: by an invite')
      .option('--pair', 'two windows, as alice and as bob; until both are closed')
      .option('--browser <which>', 'in chrome, edge, firefox, brave, or a path')
      .option('--device <kind>', 'on a phone, or its simulator: android or ios', oneOf('android', 'ios'))
      .option(
        '--port <number>',
        'where to serve when nothing does (default: 4680)',
        parseNumber('--port', 0, 65_535),
      )
      .option('--host [name]', 'where to listen; alone: on every address (default: localhost)')
      .option('--https', 'with https, which phones want before they give a camera')
      .option('--sdk <which>', "bundled, project or a path (default: the project's, else ours)"),
  )
    .option('--json', 'print JSON')
    .action((id, flags) => run(async () => (await import('./open.ts')).open, { ...flags, id }));
  program
    .command('serve')
    .summary('serve the join page')
    .description('Serves the join page and the gate behind it, with the emulator unless CometChat is set up.')
    .option(
      '--port <number>',
      'where to listen (default: 4680, or the next free one)',
      parseNumber('--port', 0, 65_535),
    )
    .option('--host [name]', 'on which address; alone: on every one (default: localhost)')
    .option('--https', 'https on the same port too, for phones; with --host links begin with it')
    .option('--tls', 'the same as --https')
    .option('--sdk <which>', "bundled, project or a path (default: the project's, else ours)")
    .option('--qr', 'show the address as a QR code also where the output is no terminal')
    .option('--keys', "print the emulator's auth key too, for your own app")
    .option('--admin', "print the admin's one-time link also where nobody sits at the terminal")
    .option('--open', 'open it in the browser, as admin')
    .option('--trace [file]', 'tell what happens in the sessions, on stderr or in a file')
    .option('--json', 'print JSON')
    .action(flags => run(async () => (await import('./serve.ts')).serve, flags));
  program
    .command('admin')
    .summary('open the home page as admin')
    .description('Opens the home page of the running server as admin, by a link that works once.')
    .option('--print', 'print the link instead')
    .option('--json', 'print JSON')
    .action(flags => run(async () => (await import('./admin.ts')).admin, flags));
  program
    .command('trace <id>')
    .summary('follow what happens in a session')
    .description('Follows what happens in a session of the running server, by its id or link.')
    .option('--no-follow', 'print what is known, and end')
    .option('--json', 'print JSON lines (default: where the output is no terminal)')
    .action((id, flags) => run(async () => (await import('./trace.ts')).trace, { ...flags, id }));
}

function addProofCommands(program: Program, run: Run): void {
  program.commandsGroup('Proving:');
  const smoke = program
    .command('smoke')
    .summary('let two real browsers meet')
    .description(
      'Starts a private server, lets two people meet in a real browser, and checks what they see and hear.',
    );
  addSmokeFlags(smoke).action(flags => run(async () => (await import('./smoke.ts')).smoke, flags));
  program
    .command('check [path]')
    .summary('find what is wrong with an integration, in its source')
    .description(
      'Reads the source of a project, this one by default, for what breaks call sessions; tells why, and what to write instead.',
    )
    .option('--rule <ids>', 'only these rules: web/token-logged,web/end-call', splitList)
    .option(
      '--changed [commit]',
      'only in files that changed since a commit or branch (default: the last commit)',
    )
    .option('--baseline <file>', 'only what is not in this list of known findings')
    .option('--update-baseline', 'write what is found now into that list, and pass')
    .option('--fix', 'mend what is safe to mend, and show it as a diff')
    .option('--dry-run', 'with --fix: show the diff, and write nothing')
    .option('--sarif <file>', 'write SARIF 2.1.0, as for code scanning')
    .option('--list', 'list the rules')
    .option('--json', 'print JSON')
    .action((path, flags) => run(async () => (await import('./check.ts')).check, { ...flags, path }));
  program
    .command('exec')
    .argument('<command...>', 'the program and its arguments, after --')
    .summary('run a command with a private server beside it')
    .description(
      'Starts a private server, with the emulator unless CometChat is set up, runs a command with MEET_URL and COMETCHAT_* in its environment, and ends as it ends.',
    )
    .usage('[options] -- <command...>')
    .option('--sdk <which>', "bundled, project or a path (default: the project's, else ours)")
    .action((command, flags) => run(async () => (await import('./exec.ts')).exec, { ...flags, command }));
}

const EXAMPLES = `
Examples:
  meet create --open                     a meeting for now, in your browser
  meet create --strategy team            the one room of this project
  meet create --allow alice,bob          only for them; then: meet invite <id> --as alice
  meet smoke                             prove that it works, with two browsers
  meet exec -- npm test                  your tests, with a server and the emulator
`;

/** `meet help create` is what people try first. */
function addHelpCommand(program: Program): void {
  program.command('help [command]', { hidden: true }).action(name => {
    const command = program.commands.find(each => each.name() === name);
    if (name && !command) program.error(`unknown command '${name}'`, { code: 'commander.unknownCommand' });
    (command ?? program).outputHelp();
  });
}

/** Help goes to the streams of `io`; what is wrong is thrown, for main reports every error in its own way. */
function configure(program: Program, io: Io, out: Output): Program {
  return program
    .exitOverride()
    .configureOutput({
      writeOut: text => io.stdout.write(text),
      writeErr: text => io.stderr.write(text),
      outputError: () => {},
      getOutHasColors: () => true,
    })
    .configureHelp({ styleTitle: title => out.style('bold', title) });
}

/** All commands with their flags: this file reads as the help page. */
export function createProgram(version: string, io: Io, out: Output, run: Run): Program {
  // Configured before the commands are added, since they take that over.
  const program = configure(new Program('meet'), io, out)
    .description(
      'Meeting links for CometChat call sessions.\nWorks without an account and without the internet.',
    )
    .usage('<command> [options]')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES);
  addMeetingCommands(program, run);
  addRemovalCommands(program, run);
  addServerCommands(program, run);
  addAuditCommands(program, run);
  addInitCommands(program, run);
  addProofCommands(program, run);
  addFaultCommands(program, run);
  addSetupCommands(program, run);
  addServerFlags(program);
  addHelpCommand(program);
  return program;
}
