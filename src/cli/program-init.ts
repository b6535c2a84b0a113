import type { Command as Program } from 'commander';
import { oneOf } from './option-values.ts';
import type { Run } from './program.ts';

/** `meet init …`, which writes call sessions into an app. */
export function addInitCommands(program: Program, run: Run): void {
  program.commandsGroup('Building:');
  const init = program
    .command('init')
    .summary('write call sessions into an app of yours')
    .description('Writes call sessions into an app of yours, and shows the diff first.')
    .helpCommand(false);
  addInitFlags(
    init
      .command('web [path]')
      .summary('a web app: call room and server routes')
      .description('Writes a call room and the server routes behind it into a web app, this one by default.')
      .option(
        '--framework <name>',
        'react, vue, svelte or vanilla (default: by package.json)',
        oneOf('react', 'vue', 'svelte', 'vanilla'),
      )
      .option(
        '--server <name>',
        'express, fastify or next (default: by package.json)',
        oneOf('express', 'fastify', 'next'),
      ),
  ).action((path, flags) => run(async () => (await import('./init-web.ts')).initWeb, { ...flags, path }));
  addInitFlags(
    init
      .command('flutter [path]')
      .summary('a Flutter app: call screen, links, entries for Android and iOS')
      .description(
        'Writes a call screen, the route of links, and what Android and iOS need into a Flutter app, this one by default.',
      )
      .option('--url <url>', 'where the meetings are (default: url of meet.config.json)'),
  ).action((path, flags) =>
    run(async () => (await import('./init-flutter.ts')).initFlutter, { ...flags, path }),
  );
}

function addInitFlags(command: Program): Program {
  return command
    .option('--dry-run', 'show the diff, and write nothing')
    .option('--force', 'write files anew that were changed by hand')
    .option('--json', 'print JSON');
}
