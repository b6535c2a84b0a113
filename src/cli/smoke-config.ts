import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { MeetError } from '../core/errors.ts';
import { findNearest } from '../core/nearest.ts';

/** What `meet.smoke.ts` exports by default. The same, for users to import, is docs/smoke-config.d.ts. */
export interface SmokeConfig {
  url?: string;
  serve?: string;
  emulate?: boolean;
  people?: number | string;
  sameProfile?: boolean;
  fill?: Record<string, string>;
  join?: string;
  leave?: string;
  goneWithin?: string;
  deadline?: string;
  uids?: string[];
  createSession?: (given: {
    env: Readonly<Record<string, string | undefined>>;
  }) => Promise<{ sessionId: string; links?: Record<string, string> }>;
}

export interface FoundConfig {
  readonly file: string;
  readonly config: SmokeConfig;
}

type Kind = 'string' | 'boolean' | 'function' | 'number or string' | 'map of strings' | 'list of strings';

const FIELDS: Readonly<Record<keyof SmokeConfig, Kind>> = {
  url: 'string',
  serve: 'string',
  emulate: 'boolean',
  people: 'number or string',
  sameProfile: 'boolean',
  fill: 'map of strings',
  join: 'string',
  leave: 'string',
  goneWithin: 'string',
  deadline: 'string',
  uids: 'list of strings',
  createSession: 'function',
};

const USUAL_FILES = ['meet.smoke.ts', 'meet.smoke.js', 'meet.smoke.mjs', 'meet.smoke.json'];

/** Reads the named file, else the project's own where there is one. Throws BAD_CONFIG. */
export async function findSmokeConfig(
  projectDir: string,
  named: string | undefined,
): Promise<FoundConfig | null> {
  const usual = () => USUAL_FILES.map(name => join(projectDir, name)).find(existsSync);
  const file = named === undefined ? usual() : resolve(named);
  if (file === undefined) return null;
  if (!existsSync(file)) throw new MeetError('BAD_CONFIG', `There is no ${file}; mend --config.`);
  return { file, config: checkConfig(file, await load(file)) };
}

async function load(file: string): Promise<unknown> {
  try {
    if (extname(file) === '.json') return JSON.parse(await readFile(file, 'utf8'));
    const { createJiti } = await import('jiti');
    // Nothing is kept on disk: not every home takes files, and the user's folders are not ours.
    const jiti = createJiti(import.meta.url, { fsCache: false, moduleCache: false });
    return await jiti.import(file, { default: true });
  } catch (cause) {
    const words = describeLoadError(cause instanceof Error ? cause.message : String(cause));
    throw new MeetError('BAD_CONFIG', `${file} cannot be loaded: ${words}`, { cause });
  }
}

/** The first line, and the place that jiti puts below it for what does not compile. Pure. */
function describeLoadError(message: string): string {
  const [line = ''] = message.split('\n', 1);
  const [, row] = /:(\d+):\d+\s*$/.exec(message) ?? [];
  return line.replace(/^ParseError: /, '').trim() + (row ? ` (line ${row})` : '');
}

/** Throws BAD_CONFIG for anything that is no configuration, with the nearest field where one is unknown. Pure. */
export function checkConfig(file: string, config: unknown): SmokeConfig {
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    throw new MeetError('BAD_CONFIG', `${file} must export an object by default, like {url: 'http://…'}.`);
  for (const [field, value] of Object.entries(config)) {
    const kind = Object.hasOwn(FIELDS, field) ? FIELDS[field as keyof SmokeConfig] : null;
    if (!kind) throw unknownField(file, field);
    if (value !== undefined && !isOf(kind, value))
      throw new MeetError('BAD_CONFIG', `${file}: ${field} must be a ${kind}.`);
  }
  return config;
}

function unknownField(file: string, field: string): MeetError {
  const known = Object.keys(FIELDS);
  const near = findNearest(field, known);
  const hint = near ? ` (did you mean ${near}?)` : '';
  return new MeetError(
    'BAD_CONFIG',
    `${file} has an unknown field ${field}${hint}; it takes ${known.join(', ')}.`,
  );
}

function isOf(kind: Kind, value: unknown): boolean {
  const areStrings = (values: unknown[]) => values.every(each => typeof each === 'string');
  if (kind === 'list of strings') return Array.isArray(value) && areStrings(value);
  if (kind === 'map of strings')
    return (
      typeof value === 'object' && value !== null && !Array.isArray(value) && areStrings(Object.values(value))
    );
  return kind.split(' or ').includes(typeof value);
}
