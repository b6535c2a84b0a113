import type { Command as Program } from 'commander';
import { parseNumber } from './option-values.ts';
import type { Run } from './program.ts';

/** What happened at the server's gate, and what of it the host application could not be told. */
export function addAuditCommands(program: Program, run: Run): void {
  program.commandsGroup('Looking back:');
  program
    .command('audit')
    .summary('who asked for what, and what was answered')
    .description('Shows the audit trail: who asked, what was answered, when and why; the newest last.')
    .option('--meeting <id>', 'only of this meeting, by id or link')
    .option('--uid <uid>', 'only of this person')
    .option('--since <time>', 'like 1h, for an hour ago, or 2026-11-20T15:00Z')
    .option('--until <time>', 'until then, written alike')
    .option('--denied', 'only refusals')
    .option('--outcome <code>', 'only this one: ok, or a code like NOT_ALLOWED')
    .option('--limit <number>', 'at most so many, the newest (default: 50)', parseNumber('--limit', 1, 1_000))
    .option('--follow', 'and go on, as it happens')
    .option('--json', 'print JSON lines')
    .action(flags => run(async () => (await import('./audit.ts')).audit, flags));
  program
    .command('webhooks')
    .summary('what the host application could not be told')
    .description('Lists webhooks that failed: when they are tried again, or why they were given up.')
    .option('--retry', 'try those again that were given up')
    .option('--json', 'print JSON lines')
    .action(flags => run(async () => (await import('./webhooks.ts')).webhooks, flags));
}
