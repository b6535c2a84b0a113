import { MeetError } from '../core/errors.ts';
import type { Command } from './context.ts';
import { carryOut, findProject, type InitFlags } from './init.ts';

/** `meet init web`: the call room and its routes, in a web app. */
export const initWeb: Command<InitFlags> = async (context, flags) => {
  const root = findProject(flags.path);
  if (root) throw new MeetError('BAD_REQUEST', 'meet init web comes with the next commit.');
  return carryOut(context, root, { changes: [], kept: [], steps: [] }, flags);
};
