import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly shell: string;
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const action: Action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));

export interface ActionRun {
  /** Of the last step that ran. */
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Both streams, as the log has them. */
  readonly log: string;
  readonly folder: string;
}

/** Runs the action's steps as GitHub's runner does, in a new folder; stops at the first that fails. */
export async function runAction(
  inputs: Record<string, string>,
  prepare?: (folder: string) => Promise<unknown>,
): Promise<ActionRun> {
  const folder = await mkdtemp(join(tmpdir(), 'meet action '));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await prepare?.(folder);
  const files = { output: join(folder, 'output'), summary: join(folder, 'summary') };
  await Promise.all(Object.values(files).map(file => writeFile(file, '')));
  let log = '';
  let exitCode = 0;
  for (const step of action.runs.steps) {
    const env = {
      ...process.env,
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: ROOT.replace(/\/$/, ''),
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      ...fillIn(step.env ?? {}, inputs),
    };
    const script = join(folder, 'step.sh');
    await writeFile(script, step.run);
    // https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#jobsjob_idstepsshell
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], { cwd: folder, env });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', data => {
        log += data;
      });
    exitCode = await new Promise<number>(resolve => child.on('close', code => resolve(code ?? 1)));
    if (exitCode !== 0) break;
  }
  const outputs = readOutputs(await readFile(files.output, 'utf8'));
  return { exitCode, outputs, summary: await readFile(files.summary, 'utf8'), log, folder };
}

/** `${{ inputs.x }}` in a step's environment, where it is a value and never a script. */
function fillIn(
  env: Readonly<Record<string, string>>,
  given: Record<string, string>,
): Record<string, string> {
  const fill = (text: string) =>
    text.replace(
      /\$\{\{ inputs\.([\w-]+) \}\}/g,
      (_, name: string) => given[name] ?? action.inputs[name]?.default ?? '',
    );
  return Object.fromEntries(Object.entries(env).map(([name, text]) => [name, fill(text)]));
}

/** GITHUB_OUTPUT: `name=value`, or `name<<mark`, lines, mark. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, name = '', mark] = /^([^=<]+)<<(.+)$/.exec(line) ?? [];
    if (mark) {
      outputs[name] = lines.splice(0, lines.indexOf(mark)).join('\n');
      lines.shift();
    } else if (line.includes('=')) {
      outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    }
  }
  return outputs;
}
