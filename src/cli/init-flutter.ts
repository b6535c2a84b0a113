import { MeetError } from '../core/errors.ts';
import { planFlutter } from '../init/flutter/plan-flutter.ts';
import { openTree } from '../init/tree.ts';
import type { Command } from './context.ts';
import { carryOut, findProject, type InitFlags } from './init.ts';

/** Never anybody's: reserved by RFC 2606. */
const PLACEHOLDER = 'https://meet.example.com';

/** `meet init flutter`: the call screen, its route and what the platforms need, in a Flutter app. */
export const initFlutter: Command<InitFlags & { readonly url?: string }> = async (context, flags) => {
  const { settings } = context;
  const root = findProject(flags.path);
  const configured = settings.url?.startsWith('https:') ? settings.url : undefined;
  const origin = flags.url === undefined ? (configured ?? PLACEHOLDER) : readOrigin(flags.url);
  const scheme = settings.apps?.scheme ?? null;
  const plan = planFlutter(openTree(root), {
    origin: new URL(origin).origin,
    scheme,
    force: flags.force ?? false,
  });
  if (origin !== PLACEHOLDER) return carryOut(context, root, plan, flags);
  const step = `${PLACEHOLDER} stands for your server: --url https://your.host --force puts its name there`;
  return carryOut(context, root, { ...plan, steps: [step, ...plan.steps] }, flags);
};

/** Phones open an app for https links only. Throws `BAD_REQUEST`. */
function readOrigin(url: string): string {
  if (URL.canParse(url) && /^https:\/\/[^/?#@]+\/?$/.test(url)) return new URL(url).origin;
  throw new MeetError('BAD_REQUEST', `--url is ${url}; give the server's address, like ${PLACEHOLDER}.`);
}
