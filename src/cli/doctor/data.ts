import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { bad, type Finding, ok, type Probe } from './finding.ts';

/** What must be for its owner's eyes only: keys, those in the store too, and the folder. */
const SECRET = /^(admin-key|secret|emulator-keys\.json)$|^meet\.db|key.*\.pem$/;
const OTHERS = 0o077;

const subject = { id: 'data', what: 'Data folder' };

/** The folder, and who else may read what is secret in it. With `fix` such modes are mended. */
export function dataProbe(fix: boolean): Probe {
  return async ({ folder }) => {
    const open = findOpen(folder.path);
    if (open === null) return [ok(subject, `${folder.path}, made at first use`)];
    if (open instanceof Error)
      return [bad(subject, open.message, 'check the mode of the folder and its owner')];
    if (open.length === 0) return [ok(subject, folder.path)];
    if (fix) return mend(open);
    const fixes = 'meet doctor --fix closes them; make new keys if others use this machine';
    return [bad(subject, `other users may read ${open.map(({ path }) => path).join(', ')}`, fixes)];
  };
}

interface OpenFile {
  readonly path: string;
  readonly mode: number;
}

/** What others may read; null where there is no folder. Windows has no such modes. */
function findOpen(path: string): readonly OpenFile[] | Error | null {
  try {
    const names = readdirSync(path).filter(name => SECRET.test(name));
    const all = [path, ...names.map(name => join(path, name))];
    const modes = all.map(each => ({ path: each, mode: statSync(each).mode & 0o777 }));
    return process.platform === 'win32' ? [] : modes.filter(({ mode }) => (mode & OTHERS) !== 0);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? null : new Error(`${path} cannot be read (${code})`);
  }
}

function mend(open: readonly OpenFile[]): Finding[] {
  try {
    for (const { path, mode } of open) chmodSync(path, mode & ~OTHERS);
    return [ok(subject, `closed to others now: ${open.map(({ path }) => path).join(', ')}`)];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return [bad(subject, `modes cannot be changed (${code})`, 'run it as the owner of the folder')];
  }
}

/** Which apps links open, of `meet.config.json`. */
export const appsProbe: Probe = async ({ settings: { apps, url } }: Context) => {
  const about = { id: 'apps', what: 'Apps' };
  if (!apps) return [ok(about, 'none; links open the browser')];
  const names = [...apps.android.map(each => each.package), ...apps.ios.map(each => each.bundleId)];
  const scheme = apps.scheme ? `, ${apps.scheme}://` : '';
  const host = url ?? 'https://<your host>';
  return [ok(about, `${names.join(', ') || 'none'}${scheme}; check the host: meet doctor --links ${host}`)];
};
