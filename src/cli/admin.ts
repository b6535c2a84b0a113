import { adminUrl } from '../core/links.ts';
import { askServer } from './ask-server.ts';
import { openInBrowser } from './browser.ts';
import type { Command } from './context.ts';
import { EXIT_OK } from './exit-codes.ts';
import { formatWhen } from './format-time.ts';
import { baseUrl } from './meetings.ts';
import { chooseRemote } from './remote.ts';

export interface AdminFlags {
  readonly print?: boolean;
  readonly json?: boolean;
}

interface CodeAnswer {
  readonly code: string;
  readonly expiresAt: string;
}

/** `meet admin`: opens the home page of the running server as admin, by a link that works once. */
export const admin: Command<AdminFlags> = async (context, { print, json }) => {
  const { out, notes, now } = context;
  const { code, expiresAt } = await askServer<CodeAnswer>(context, 'POST', '/api/admin/code');
  const url = adminUrl(chooseRemote(context)?.origin ?? baseUrl(context), code);
  out.line(json ? JSON.stringify({ adminUrl: url, expiresAt }) : url);
  notes.line(notes.style('dim', `Works once, until ${formatWhen(Date.parse(expiresAt), now())}.`));
  if (!print) await openInBrowser(context, url);
  return EXIT_OK;
};
