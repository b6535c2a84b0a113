import { readLink } from '../link.ts';

/** Where to go for what somebody pasted, a whole link or an id; null for anything else. */
export function targetOf(text: string): string | null {
  const trimmed = text.trim();
  if (/^[a-z0-9][a-z0-9-]{0,99}$/i.test(trimmed)) return `/meet/${trimmed.toLowerCase()}`;
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  // Of javascript: addresses, too, a path can be read.
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  return readLink(url, false) && url.href;
}
