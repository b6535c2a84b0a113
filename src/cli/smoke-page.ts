import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { MeetError } from '../core/errors.ts';
import { checkLink, checkText } from '../smoke/pages/fill-in.ts';
import type { Field, PagePlan, RunningApp } from '../smoke/pages/page-plan.ts';
import { startAppProcess } from './app-process.ts';
import type { Context } from './context.ts';
import { readDuration } from './option-values.ts';
import type { PrivateServer } from './private-server.ts';
import { type FoundConfig, findSmokeConfig, type SmokeConfig } from './smoke-config.ts';
import type { SmokeFlags } from './smoke-flags.ts';

/** The flags with what the file says where they say nothing, and the page they describe. */
export interface SmokeTarget {
  readonly flags: SmokeFlags;
  /** Null: our own page. */
  readonly page: TargetPage | null;
}

export interface TargetPage {
  /** For one run, beside its private server. */
  plan(server: Pick<PrivateServer, 'appEnv'>): PagePlan;
  /** What the last run's --serve command wrote last; '' for nothing. */
  lastLines(): string;
}

/** Reads the file, if there is one, and checks both together. Throws BAD_CONFIG and BAD_REQUEST. */
export async function findTarget(context: Context, given: SmokeFlags): Promise<SmokeTarget> {
  const found = await findSmokeConfig(context.settings.projectDir, given.config);
  const flags = mergeFlags(found?.config ?? {}, given);
  if (flags.url === undefined) {
    refuseLonelyFlags(flags);
    refuseLonelyFields(found);
    return { flags, page: null };
  }
  return { flags, page: createTargetPage(context, { ...flags, url: flags.url }, found) };
}

/** Flags win over the file. Pure. */
export function mergeFlags(config: SmokeConfig, given: SmokeFlags): SmokeFlags {
  const { fill, uids, createSession, people, ...alike } = config;
  return { ...alike, ...(people !== undefined && { people: String(people) }), ...given };
}

const OF_A_PAGE = {
  serve: '--serve',
  emulate: '--emulate',
  fill: '--fill',
  join: '--join',
  leave: '--leave',
  goneWithin: '--gone-within',
} as const satisfies Partial<Record<keyof SmokeFlags, string>>;

function refuseLonelyFlags(flags: SmokeFlags): void {
  const lonely = Object.entries(OF_A_PAGE).find(([field]) => flags[field as keyof SmokeFlags] !== undefined);
  if (lonely)
    throw new MeetError('BAD_REQUEST', `${lonely[1]} is for a page of yours; name it with --url LINK.`);
}

/** What no flag of the same name takes: without a page it would be read and forgotten. */
function refuseLonelyFields(found: FoundConfig | null): void {
  const lonely = (['fill', 'uids', 'createSession'] as const).find(
    field => found?.config[field] !== undefined,
  );
  if (lonely)
    throw new MeetError('BAD_CONFIG', `${found?.file}: ${lonely} is for a page of yours; give its url too.`);
}

function createTargetPage(
  { io }: Context,
  flags: SmokeFlags & { readonly url: string },
  found: FoundConfig | null,
): TargetPage {
  const { url, join, leave, goneWithin, serve } = flags;
  const { uids, createSession, fill: fields = {} } = found?.config ?? {};
  checkLink(url);
  const goneWithinMs = goneWithin === undefined ? undefined : readDuration('--gone-within', goneWithin);
  const fill = mergeFields(fields, (flags.fill ?? []).map(parseField));
  for (const { text } of fill) checkText(text);
  let app: RunningApp | undefined;
  return {
    plan: server => ({
      ...{ url, fill, join, leave, goneWithinMs, uids, newId: randomUUID },
      createSession:
        createSession &&
        (async () => checkSession(await createSession({ env: { ...io.env, ...server.appEnv() } }))),
      startApp:
        serve === undefined
          ? undefined
          : () => {
              // What a file says is meant from where the file is.
              const cwd = found && found.config.serve === serve ? dirname(found.file) : undefined;
              app = startAppProcess({ command: serve, cwd, env: io.env, variables: server.appEnv() });
              return app;
            },
    }),
    lastLines: () => app?.lastLines() ?? '',
  };
}

function mergeFields(config: Readonly<Record<string, string>>, given: readonly Field[]): Field[] {
  const fields = new Map(Object.entries(config));
  for (const { selector, text } of given) fields.set(selector, text);
  return [...fields].map(([selector, text]) => ({ selector, text }));
}

/** Reads `#name={name}`: a CSS selector, where `=` inside of brackets or quotes is part of it, and the text. Pure. */
export function parseField(given: string): Field {
  const [, selector = '', text] = /^((?:\[(?:"[^"]*"|'[^']*'|[^\]])*\]|[^=[])+)=(.*)$/s.exec(given) ?? [];
  if (selector.trim() !== '' && text !== undefined) return { selector: selector.trim(), text };
  throw new MeetError(
    'BAD_REQUEST',
    `--fill is ${JSON.stringify(given)}; give a selector and a text, like '#name={name}'.`,
  );
}

function checkSession(session: unknown): { sessionId: string; links?: Record<string, string> } {
  const { sessionId } = (session ?? {}) as { sessionId?: unknown };
  if (typeof sessionId === 'string' && sessionId !== '')
    return session as { sessionId: string; links?: Record<string, string> };
  throw new MeetError(
    'SMOKE_FAILED',
    'createSession gave no sessionId; return {sessionId} or {sessionId, links}',
  );
}
