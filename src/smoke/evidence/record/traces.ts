import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { redactRequests } from '../redact-requests.ts';
import type { Secrets } from '../secrets.ts';
import { writeWhole } from '../write-whole.ts';
import { unzip, zip } from '../zip.ts';

/** Playwright's traces, one for each browser profile; only those of a failure are kept. */
export interface Traces {
  /** People of one profile have one trace. `group`: whose end ends it. */
  start(profile: BrowserContext, name: string, group: string): Promise<void>;
  /** Ends those of a group, keeping them when something failed. */
  end(group: string, failed: boolean): Promise<void>;
  /** Puts what was kept into the folder, without secrets; resolves to the files' names. */
  deliver(folder: string, secrets: Secrets): Promise<string[]>;
}

interface Trace {
  readonly names: string[];
  readonly group: string;
}

export function createTraces(): Traces {
  const running = new Map<BrowserContext, Trace>();
  const kept: { readonly file: string; readonly names: readonly string[] }[] = [];
  // With requests and their headers in it, a raw trace is nothing for the user's folder, not even for a moment.
  let folder: Promise<string> | undefined;
  const discard = async () => {
    if (folder) await rm(await folder, { recursive: true, force: true });
  };
  const saving: Promise<void>[] = [];
  const save = async (profile: BrowserContext, { names }: Trace) => {
    folder ??= mkdtemp(join(tmpdir(), 'meet-traces-'));
    const file = join(await folder, `${kept.length}-${names.length}-${Math.random()}.zip`);
    await profile.tracing.stop({ path: file });
    kept.push({ file, names });
  };
  return {
    async start(profile, name, group) {
      const known = running.get(profile);
      known?.names.push(name);
      if (known) return;
      running.set(profile, { names: [name], group });
      // No screencast: it would take the processor that the call needs. The film strip is the report's own.
      await profile.tracing.start({ screenshots: false, snapshots: true, sources: false });
    },
    async end(group, failed) {
      const ended = [...running].filter(([, trace]) => trace.group === group);
      for (const [profile] of ended) running.delete(profile);
      // A trace that nobody asks for goes with its profile.
      if (!failed) return;
      saving.push(...ended.map(([profile, trace]) => save(profile, trace)));
      await Promise.allSettled(saving);
    },
    async deliver(target, secrets) {
      const delivered: string[] = [];
      try {
        for (const { file, names } of kept) {
          const name = nameFile(names, delivered);
          await writeWhole(join(target, name), cleanTrace(await readFile(file), secrets));
          delivered.push(name);
        }
        return delivered.toSorted();
      } finally {
        await discard();
        // One that was still being saved would come back into the folder.
        void Promise.allSettled(saving).then(discard);
      }
    },
  };
}

/** A second alice, in a scenario, gets a number. */
function nameFile(names: readonly string[], taken: readonly string[]): string {
  const stem = `trace-${names.join('-').replace(/[^\w-]+/g, '_')}`;
  for (let count = 1; ; count += 1) {
    const file = count === 1 ? `${stem}.zip` : `${stem}-${count}.zip`;
    if (!taken.includes(file)) return file;
  }
}

function cleanTrace(archive: Buffer, secrets: Secrets): Buffer {
  return zip(
    unzip(archive).map(({ name, data }) => ({
      name,
      data: isText(name, data) ? Buffer.from(cleanText(name, data.toString('utf8'), secrets)) : data,
    })),
  );
}

function cleanText(name: string, text: string, secrets: Secrets): string {
  return secrets.cleanTrace(name.endsWith('.network') ? redactRequests(text) : text);
}

/** Pictures and fonts have a zero byte soon, texts have none. */
function isText(name: string, data: Buffer): boolean {
  return /\.(trace|network|stacks|json|html|css|js|txt)$/.test(name) || !data.subarray(0, 8000).includes(0);
}
