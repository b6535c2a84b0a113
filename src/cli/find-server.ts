import type { DataFolder } from './data-folder.ts';

/** The running server's address, if it answers: a process may hold the number of one that was killed. */
export async function findServer(folder: DataFolder): Promise<string | null> {
  const url = folder.runningServer()?.url;
  if (!url) return null;
  try {
    const response = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(2_000) });
    const health = (await response.json()) as { service?: unknown } | null;
    return health?.service === 'meet' ? url : null;
  } catch {
    return null;
  }
}
