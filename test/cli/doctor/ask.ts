import { expect, onTestFinished } from 'vitest';
import { createSandbox, type Sandbox } from '../run-meet.ts';

interface Said {
  readonly state: string;
  readonly says: string;
  readonly fix?: string;
}

/** A project that is gone after the test. */
export function sandbox(): Sandbox {
  const made = createSandbox();
  onTestFinished(made.remove);
  return made;
}

/** What `meet doctor` finds there, by id. */
export async function ask(place: Sandbox, env: Record<string, string> = {}, flags: string[] = []) {
  const { code, stdout, stderr } = await place.meet(['doctor', '--json', ...flags], env);
  const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: (Said & { id: string })[] };
  expect(code).toBe(ok ? 0 : 1);
  return {
    stdout,
    stderr,
    ok,
    of: Object.fromEntries(findings.map(each => [each.id, each])) as Record<string, Said>,
  };
}
