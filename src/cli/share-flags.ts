import type { Command as Program } from 'commander';

/** How a link is to travel; on every command that prints one. */
export interface ShareFlags {
  readonly copy?: boolean;
  readonly qr?: boolean;
  readonly mailto?: boolean;
  /** A file for a calendar, or `-` for standard output. */
  readonly ics?: string;
  /** The file may be something else's. */
  readonly force?: boolean;
}

export function addShareFlags(command: Program): Program {
  return command
    .option('--copy', 'copy the link to the clipboard')
    .option('--qr', 'draw the link as a QR code')
    .option('--mailto', 'print the link of a mail with it instead')
    .option('--ics <file>', 'write a calendar file too (- for stdout)')
    .option('--force', 'let that replace any other file');
}
