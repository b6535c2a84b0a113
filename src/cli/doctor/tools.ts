import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MeetError } from '../../core/errors.ts';
import { resolveSdk } from '../../server/sdk.ts';
import { findBrowser } from '../../smoke/browser/find-browser.ts';
import { findPage } from '../compose.ts';
import { bad, ok, type Probe, warn } from './finding.ts';

/** As package.json has it. */
const OLDEST_NODE = [20, 19] as const;
const PATIENCE_MS = 10_000;

export const nodeProbe: Probe = async () => {
  const subject = { id: 'node', what: 'Node.js' };
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const [least, smallest] = OLDEST_NODE;
  if (major > least || (major === least && minor >= smallest)) return [ok(subject, node)];
  return [bad(subject, node, `install Node.js ${OLDEST_NODE.join('.')} or newer`)];
};

export const browserProbe: Probe = async ({ settings }) => {
  const subject = { id: 'browser', what: 'Browser' };
  try {
    const found = findBrowser({ env: settings.env });
    if (found) return [ok(subject, `${(await versionOf(found.path)) ?? found.name} (${found.path})`)];
    return [warn(subject, 'none was found; meet smoke needs one', 'meet doctor --install-browser')];
  } catch (error) {
    // Its words go on with how to install one, which a wrong name does not ask for.
    const [says = ''] = wordsOf(error).split(';');
    return [bad(subject, says, 'mend MEET_BROWSER or CHROME_PATH, or unset it')];
  }
};

/** On Windows Chrome would open a window instead. */
async function versionOf(path: string): Promise<string | null> {
  if (process.platform === 'win32') return null;
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: PATIENCE_MS });
    return stdout.trim() || null;
  } catch {
    return null;
  }
}

export const sdkProbe: Probe = async ({ settings }) => {
  const subject = { id: 'sdk', what: 'Calls SDK' };
  try {
    const { name, version, source, folder } = await resolveSdk(settings.sdk, settings.projectDir);
    return [ok(subject, `${name} ${version} (${source === 'path' ? folder : source})`)];
  } catch (error) {
    return [bad(subject, wordsOf(error), 'install the SDK again, or choose another with --sdk')];
  }
};

export const pageProbe: Probe = async () => {
  const subject = { id: 'page', what: 'Join page' };
  const folder = findPage(dirname(fileURLToPath(import.meta.url)));
  if (existsSync(join(folder, 'index.html'))) return [ok(subject, 'built')];
  return [bad(subject, `not built (${folder})`, "in meet's folder, run: npm run build")];
};

/** The message of an expected failure; anything else is a bug, and goes on. */
export function wordsOf(error: unknown): string {
  if (error instanceof MeetError) return error.message;
  throw error;
}
