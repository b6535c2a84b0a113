import type { Command as Program } from 'commander';

/** How a link is to travel; on every command that prints one. */
export interface ShareFlags {
  readonly copy?: boolean;
  readonly qr?: boolean;
  readonly mailto?: boolean;
}

export function addShareFlags(command: Program): Program {
  return command
    .option('--copy', 'copy the link to the clipboard')
    .option('--qr', 'draw the link as a QR code')
    .option('--mailto', 'print the link of a mail with it instead');
}
