import { onTestFinished } from 'vitest';
import type { AppOptions } from '../../../src/server/context.ts';
import { createUpgradeListener } from '../../../src/server/emulator-mount.ts';
import { createHostPolicy } from '../../../src/server/hosts.ts';
import { listen, type Patience } from '../../../src/server/listen.ts';
import { BASE, startHarness } from '../harness.ts';

/** The app on a port of its own, for what only a socket can send. */
export async function listening(changes: Partial<AppOptions> = {}, patience?: Patience) {
  const harness = await startHarness(changes);
  const listener = await listen({ port: 0, ...(patience && { patience }) });
  onTestFinished(() => listener.close(0));
  await harness.app.ready();
  const hosts = createHostPolicy({ baseUrl: BASE, allowed: [] });
  listener.serve(harness.app.routing, createUpgradeListener({ hosts, emulator: null }));
  return { ...harness, port: listener.port, origin: `http://localhost:${listener.port}` };
}
