import { fileURLToPath } from 'node:url';
import { openTree } from '../init/tree.ts';
import { planWeb, type WebOptions } from '../init/web/plan-web.ts';
import type { Command } from './context.ts';
import { carryOut, findProject, type InitFlags } from './init.ts';

/** Put there by the build: see scripts/build.mjs. */
const TEMPLATES = fileURLToPath(new URL('../../dist/init/web', import.meta.url));

/** `meet init web`: the call room and its routes, in a web app. */
export const initWeb: Command<InitFlags & WebOptions> = async (context, flags) => {
  const root = findProject(flags.path);
  return carryOut(context, root, planWeb(openTree(root), openTree(TEMPLATES), flags), flags);
};
