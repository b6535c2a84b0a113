import type { Source } from './capture.ts';

/** Calls back when the visitor allows one after all, in the browser's own settings; where browsers tell of it. */
export function onGranted(granted: (source: Source) => void, signal: AbortSignal): void {
  for (const source of ['camera', 'microphone'] as const) void watch(source, granted, signal);
}

async function watch(source: Source, granted: (source: Source) => void, signal: AbortSignal): Promise<void> {
  try {
    const status = await navigator.permissions.query({ name: source as PermissionName });
    const look = () => status.state === 'granted' && granted(source);
    status.addEventListener('change', look, { signal });
  } catch {
    // a browser that does not tell: there is a button
  }
}
