/** What the page's own URL says. The secrets are in the fragment, which browsers send to no server. */
export interface PageLink {
  readonly sessionId: string;
  readonly key: string | undefined;
  readonly invite: string | undefined;
  /** A uid to propose, for trying things out against the emulator. */
  readonly as: string | undefined;
}

/** Null where the URL names no meeting. `claims`: may `?as=` propose a uid here? */
export function readLink(url: URL, claims: boolean): PageLink | null {
  const encoded = url.pathname.match(/^\/meet\/([^/]+)\/?$/)?.[1];
  if (!encoded) return null;
  const secrets = new URLSearchParams(url.hash.slice(1));
  return {
    // Our ids are lower-case; phones capitalise what people type, and SDK v4 never joins such a room.
    sessionId: decode(encoded).toLowerCase(),
    key: secrets.get('key') ?? undefined,
    invite: secrets.get('invite') ?? undefined,
    as: (claims && url.searchParams.get('as')) || undefined,
  };
}

/** SDK v4 reads `v` from the page's own query, where `v=2` sends the call to another host. Null: nothing to remove. */
export function withoutSdkSwitch(url: URL): URL | null {
  if (!url.searchParams.has('v')) return null;
  const clean = new URL(url);
  clean.searchParams.delete('v');
  return clean;
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
