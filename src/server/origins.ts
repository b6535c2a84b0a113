import { MeetError } from '../core/errors.ts';

/** Whose pages may use the emulator from their own origin. The rest of the server is for our own page only. */
export interface OriginPolicy {
  /** Whether a page of this origin, as browsers write it in the `Origin` header, may ask. */
  allows(origin: string): boolean;
}

/**
 * Lets in the pages of this machine, whatever serves them and on which port, and those of the `configured` origins. A
 * name that merely leads here is not enough: any site can point its own at 127.0.0.1.
 */
export function createOriginPolicy(configured: readonly string[]): OriginPolicy {
  const more = new Set(configured);
  return { allows: origin => more.has(origin) || isLoopbackOrigin(origin) };
}

/** Browsers resolve `localhost` and all below it by themselves, to loopback (RFC 6761, 6.3). */
function isLoopbackOrigin(origin: string): boolean {
  const name = /^https?:\/\/(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/.exec(origin)?.[1];
  if (name === undefined) return false;
  return ['localhost', '127.0.0.1', '[::1]'].includes(name) || /^([a-z0-9-]+\.)+localhost$/.test(name);
}

/**
 * Origins as a person writes them, as browsers do. `setting` is named in the error. Throws `BAD_CONFIG` for what is no
 * origin: a path or a wildcard in it would never match, and nobody would know why.
 */
export function parseOrigins(list: readonly string[], setting: string): string[] {
  return list.map(entry => {
    const text = entry.trim();
    const url = URL.canParse(text) ? new URL(text) : null;
    const isOrigin = url && /^https?:$/.test(url.protocol) && /^https?:\/\/[^/?#@*]+\/?$/i.test(text);
    if (isOrigin) return url.origin;
    throw new MeetError(
      'BAD_CONFIG',
      `${setting} has ${JSON.stringify(text)}; write each origin like https://app.example.com, with its port and without a path.`,
    );
  });
}
