import type { DataFolder } from './data-folder.ts';

/** The running server's address, as links have it, if it answers: a process may hold the number of one that was killed. */
export async function findServer(folder: DataFolder): Promise<string | null> {
  return (await findAnswering(folder))?.url ?? null;
}

/** The same for our own questions: where it answers this machine without a certificate. */
export async function findLocalServer(folder: DataFolder): Promise<string | null> {
  return (await findAnswering(folder))?.local ?? null;
}

async function findAnswering(folder: DataFolder): Promise<{ url: string; local: string } | null> {
  const info = folder.runningServer();
  if (!info) return null;
  const { url, local = url } = info;
  try {
    const response = await fetch(new URL('/healthz', local), { signal: AbortSignal.timeout(2_000) });
    const health = (await response.json()) as { service?: unknown } | null;
    return health?.service === 'meet' ? { url, local } : null;
  } catch {
    return null;
  }
}
