import { type Manifest, nearestManifest } from './manifests.ts';
import type { ProjectFile } from './read.ts';

/** Major versions of the Calls SDK that there are members for. */
export type SdkMajor = 4 | 5;

const WEB_SDK = '@cometchat/calls-sdk-javascript';

/**
 * The Calls SDK's major version that a file is built with: the range in the nearest manifest that names it, else in
 * any manifest, else what a lockfile has. Null where nothing tells: rules then take both for right.
 */
export function sdkMajorFor(
  path: string,
  packages: readonly Manifest[],
  files: Iterable<ProjectFile>,
): SdkMajor | null {
  const naming = packages.filter(({ dependencies }) => dependencies.has(WEB_SDK));
  const range = (nearestManifest(naming, path) ?? naming[0])?.dependencies.get(WEB_SDK);
  return (range && majorOf(range)) || majorInLocks(files);
}

/** Of `^4.2.6`, `~5`, `>=5.0.1 <6`, `5.x`, `npm:…@4.2.6`; null for `latest`, `*` and paths. */
export function majorOf(range: string): SdkMajor | null {
  const digits = /(?:^|[\s@^~>=<v])([45])(?:[.\s]|$)/.exec(range)?.[1];
  return digits === '4' ? 4 : digits === '5' ? 5 : null;
}

function majorInLocks(files: Iterable<ProjectFile>): SdkMajor | null {
  for (const { kind, text } of files) {
    const at = kind === 'lock' ? text.indexOf(WEB_SDK) : -1;
    if (at < 0) continue;
    // package-lock: "version": "4.2.6"; yarn: version "4.2.6"; pnpm: …javascript@4.2.6 or '…': then version: 4.2.6
    const major = /(?:version"?:? ?|javascript@)["']?\^?([45])\./.exec(text.slice(at, at + 300))?.[1];
    if (major) return major === '4' ? 4 : 5;
  }
  return null;
}
