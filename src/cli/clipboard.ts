import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Context } from './context.ts';

/** Tools that talk to a display may wait for one that is gone. */
const PATIENCE_MS = 5_000;

/** Copies `text`, and says so, or why not: the link is printed either way. Never throws. */
export async function copyToClipboard(context: Context, text: string): Promise<void> {
  const { notes, io } = context;
  const { env } = context.settings;
  // Over SSH the clipboard of the far machine is of no use. The terminal may take it for the near one, but never says so.
  if (env.SSH_TTY && io.stderr.isTTY) {
    io.stderr.write(writeSequence(text));
    notes.line('Sent to the clipboard of your terminal; where that takes none, copy the link from here.');
    return;
  }
  const failure = await copy(text);
  if (failure === null) notes.line(`${notes.style('green', 'Copied')} the link.`);
  else notes.line(notes.style('yellow', `The link was not copied: ${failure}. Copy it from here.`));
}

/** OSC 52, as xterm's control sequences have it: `c` is the clipboard. It can write there, and reads nothing. */
function writeSequence(text: string): string {
  return `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
}

/** Null when it worked, else why not. */
async function copy(text: string): Promise<string | null> {
  const children: ChildProcess[] = [];
  const watch = (message: unknown) => children.push((message as { process: ChildProcess }).process);
  // clipboardy tells nobody which tools it started, and waits for them for ever.
  subscribe('child_process', watch);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>(resolve => {
    timer = setTimeout(() => {
      for (const child of children) child.kill('SIGKILL');
      resolve('the clipboard does not answer');
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([late, write(text)]);
  } finally {
    clearTimeout(timer);
    unsubscribe('child_process', watch);
  }
}

async function write(text: string): Promise<string | null> {
  try {
    const { default: clipboard } = await import('clipboardy');
    await clipboard.write(text);
    return null;
  } catch (error) {
    return explain((error as Error).message);
  }
}

/** The tools' own words fill a screen. */
function explain(message: string): string {
  if (/display server|DISPLAY|Wayland/i.test(message))
    return 'there is no display whose clipboard could be used';
  const [line = ''] = message.split('\n');
  return line.replace(/\.$/, '');
}
