import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCometChatSettings } from '../cometchat/settings.ts';
import { MeetError } from '../core/errors.ts';
import { COUPLE } from '../smoke/people/cast.ts';
import { reportRepetition, runLine, type TimedReport } from '../smoke/report/repetition.ts';
import { runSmoke } from '../smoke/run.ts';
import type { Command, Context } from './context.ts';
import { EXIT_OK } from './exit-codes.ts';
import { createPrivateServer } from './private-server.ts';
import type { SmokeFlags } from './smoke-flags.ts';
import { createRunProgress, paintOf, printResult } from './smoke-printer.ts';
import { planScenarios, printScenarioList, type ScenarioPlan } from './smoke-scenarios.ts';

// The same from src/cli and from the bundle in dist/cli.
const PROBE_FILE = fileURLToPath(new URL('../../dist/smoke/probe.js', import.meta.url));

/** `meet smoke`: two people in real browsers, once or many times; the exit code names the phase that failed first. */
export const smoke: Command<SmokeFlags> = async (context, flags) => {
  if (printScenarioList(context, flags)) return EXIT_OK;
  checkFlags(flags);
  const interruption = new AbortController();
  const interrupt = () => interruption.abort(new Error('interrupted'));
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const runs = await runAll(context, flags, interruption.signal);
    if (!flags.keep) printResult(context, flags, runs);
    return reportRepetition(runs).exitCode;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
};

function checkFlags({ keep, repeat = 1 }: SmokeFlags): void {
  if (keep && repeat > 1)
    throw new MeetError('BAD_REQUEST', '--keep is for a look at one run; leave out --repeat.');
}

async function runAll(context: Context, flags: SmokeFlags, signal: AbortSignal): Promise<TimedReport[]> {
  const { repeat = 1 } = flags;
  const plan = planScenarios(flags);
  const runs: TimedReport[] = [];
  while (runs.length < repeat && !signal.aborted) {
    const run = await runOnce(context, flags, plan, signal);
    runs.push(run);
    if (repeat > 1) context.notes.line(runLine(runs.length, repeat, run, paintOf(context.notes)));
  }
  return runs;
}

async function runOnce(
  context: Context,
  flags: SmokeFlags,
  plan: ScenarioPlan,
  signal: AbortSignal,
): Promise<TimedReport> {
  const { settings, now } = context;
  const { env, projectDir } = settings;
  const start = performance.now();
  const cloud = await readCometChatSettings(env, join(projectDir, 'cometchat-settings.json'));
  const server = createPrivateServer(context, flags.sdk);
  const progress = createRunProgress(context, flags, plan.scenarios);
  let kept = false;
  try {
    const report = await runSmoke({
      startServer: server.start,
      cast: COUPLE,
      backend: cloud ? 'cloud' : 'emulator',
      browser: { env, wanted: flags.browser, headed: flags.headed ?? false },
      probeFile: PROBE_FILE,
      now,
      signal,
      ...plan,
      onStart: progress.onStart,
      onEnd: progress.onEnd,
      onTrouble: words => context.notes.line(context.notes.style('yellow', `  ${words}`)),
      onScenarioStart: progress.onScenarioStart,
      onScenarioEnd: progress.onScenarioEnd,
      keep: flags.keep
        ? async (report, link) => {
            progress.stop();
            printResult(context, flags, [{ report, totalMs: performance.now() - start }]);
            // Without a meeting there is nothing to look at, and a pipeline would wait for ever.
            kept = link !== null;
            if (link) await stayKept(context, { link, dataDir: server.dataDir() }, signal);
          }
        : undefined,
    });
    return { report, totalMs: performance.now() - start };
  } finally {
    progress.stop();
    if (!kept) await server.remove();
  }
}

interface Kept {
  readonly link: string;
  readonly dataDir: string | undefined;
}

/** Says where things are and waits until the user has seen enough. */
async function stayKept({ notes }: Context, { link, dataDir }: Kept, signal: AbortSignal): Promise<void> {
  notes.line();
  notes.line('  Kept for a look, until Ctrl-C; the data stay after that:');
  notes.line(`  meeting  ${link}`);
  if (dataDir) notes.line(`  data     ${dataDir}`);
  if (signal.aborted) return;
  await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }));
}
