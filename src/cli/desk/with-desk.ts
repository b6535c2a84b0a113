import type { Context } from '../context.ts';
import { withStore } from '../meetings.ts';
import { chooseRemote } from '../remote.ts';
import type { Desk } from './desk.ts';
import { openLocalDesk } from './local-desk.ts';

/** Runs with the desk that was asked for: that of the server which `--server` names, else the project's own. */
export async function withDesk<T>(context: Context, run: (desk: Desk) => Promise<T>): Promise<T> {
  const remote = chooseRemote(context);
  if (!remote) return withStore(context, store => run(openLocalDesk(context, store)));
  // Only here: most meetings are made on this machine, and fast.
  const { openRemoteDesk } = await import('./remote-desk.ts');
  return run(openRemoteDesk(remote));
}
