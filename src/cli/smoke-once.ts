import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCometChatSettings } from '../cometchat/settings.ts';
import { createLinter } from '../smoke/lint/linter.ts';
import type { TimedReport } from '../smoke/report/repetition.ts';
import type { SmokeReport } from '../smoke/report/report.ts';
import { runSmoke } from '../smoke/run.ts';
import type { Watcher } from '../smoke/watcher.ts';
import type { Context } from './context.ts';
import { createPrivateServer, type PrivateServer } from './private-server.ts';
import { readCast } from './smoke-cast.ts';
import { emulateOn } from './smoke-emulate.ts';
import type { SmokeFlags } from './smoke-flags.ts';
import type { SmokeOutputs } from './smoke-outputs.ts';
import type { TargetPage } from './smoke-page.ts';
import { createRunProgress } from './smoke-printer.ts';
import type { ScenarioPlan } from './smoke-scenarios.ts';

// The same from src/cli and from the bundle in dist/cli.
const PROBE_FILE = fileURLToPath(new URL('../../dist/smoke/probe.js', import.meta.url));
const LINT_FILE = fileURLToPath(new URL('../../dist/smoke/lint.js', import.meta.url));

/** What all runs of one command share. */
export interface RunSetting {
  readonly plan: ScenarioPlan;
  /** Null: our own. */
  readonly page: TargetPage | null;
  readonly outputs: SmokeOutputs;
  readonly signal: AbortSignal;
  readonly watchers?: readonly Watcher[];
}

/** One run, followed on the screen. */
export async function runOnce(
  context: Context,
  flags: SmokeFlags,
  { plan, page, outputs, signal, watchers = [] }: RunSetting,
): Promise<TimedReport> {
  const { settings, now, notes } = context;
  const { env, projectDir } = settings;
  const start = performance.now();
  const startedAt = now();
  const timed = (report: SmokeReport) => ({ report, totalMs: performance.now() - start, startedAt });
  const emulateFor = flags.emulate ? flags.url : undefined;
  const cloud = emulateFor
    ? null
    : await readCometChatSettings(env, join(projectDir, 'cometchat-settings.json'));
  const server = createPrivateServer(context, flags.sdk, { emulateFor });
  const progress = createRunProgress(context, flags, plan.scenarios);
  const troubles: string[] = [];
  let kept = false;
  try {
    const report = await runSmoke({
      startServer: server.start,
      page: page?.plan(server),
      prepare: emulateFor === undefined ? undefined : emulateOn(server),
      cast: readCast(flags),
      backend: cloud ? 'cloud' : 'emulator',
      browser: { env, wanted: flags.browser, headed: flags.headed ?? false },
      probeFile: PROBE_FILE,
      linter: flags.lint === false ? undefined : createLinter(LINT_FILE, now),
      now,
      signal,
      ...plan,
      watchers,
      onStart: progress.onStart,
      onEnd: progress.onEnd,
      onScenarioStart: progress.onScenarioStart,
      onScenarioEnd: progress.onScenarioEnd,
      onTrouble: words => troubles.push(words),
      keep: flags.keep
        ? async (report, link) => {
            progress.stop();
            await outputs.publish([timed(report)]);
            // Without a meeting there is nothing to look at, and a pipeline would wait for ever.
            kept = link !== null;
            if (link) await stayKept(context, { link, server }, signal);
          }
        : undefined,
    });
    progress.stop();
    if (!report.ok && page) tellOutput(context, page.lastLines());
    return timed(report);
  } finally {
    progress.stop();
    for (const words of troubles) notes.line(notes.style('yellow', `  ${words}`));
    if (!kept) await server.remove();
  }
}

/** What the --serve command said, when a run on its page failed. */
function tellOutput({ notes }: Context, lines: string): void {
  if (!lines) return;
  notes.line();
  notes.line('  The last lines of --serve:');
  for (const line of lines.split('\n')) notes.line(notes.style('dim', `  | ${line}`));
}

/** Says where things are and waits until the user has seen enough. */
async function stayKept(
  { notes }: Context,
  { link, server }: { readonly link: string; readonly server: PrivateServer },
  signal: AbortSignal,
): Promise<void> {
  const dataDir = server.dataDir();
  notes.line();
  notes.line('  Kept for a look, until Ctrl-C; the data stay after that:');
  notes.line(`  meeting  ${link}`);
  if (dataDir) notes.line(`  data     ${dataDir}`);
  if (signal.aborted) return;
  await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }));
}
