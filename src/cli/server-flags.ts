import type { Command as Program } from 'commander';

/** What works at a server elsewhere as it does here. */
const COMMANDS = new Set([
  'create',
  'list',
  'show',
  'extend',
  'end',
  'invite',
  'kick',
  'revoke',
  'rotate',
  'open',
  'admin',
  'trace',
  'audit',
  'webhooks',
  'add',
  'clear',
]);

/** Adds `--server` and what goes with it to all commands that can use it. */
export function addServerFlags(program: Program): void {
  for (const command of program.commands) {
    addServerFlags(command);
    if (!COMMANDS.has(command.name())) continue;
    command
      .optionsGroup('A server elsewhere:')
      .option('--server <url>', 'do it there, with its admin key in MEET_ADMIN_KEY (MEET_SERVER: always)')
      .option('--admin-key-file <file>', 'the key is in this file')
      .option('--insecure', 'send the key over plain http too');
  }
}

/** Whether commander complains of one of these flags where it is none. */
export function isServerFlag(complaint: string): boolean {
  return /unknown option '--(server|admin-key-file|insecure)'/.test(complaint);
}
