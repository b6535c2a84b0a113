import type { SmokeReport } from './report.ts';

/**
 * What one has to know to judge a run, null where there is nothing: SDK v5 cannot be installed where meet is made, so that
 * how it fares with the emulator is known from its published interface only.
 */
export function noticeFor({ backend, sdk }: Pick<SmokeReport, 'backend' | 'sdk'>): string | null {
  if (backend !== 'emulator' || sdk === null || Number.parseInt(sdk.version, 10) < 5) return null;
  return `SDK ${sdk.version} with the local stand-in is untested by us until somebody reports it. Please do, whether this run passed or failed: open an issue at meet's repository with the output of "meet smoke --json".`;
}
