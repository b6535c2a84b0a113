/** A Jabber address `local@domain/resource` (RFC 7622). */
export interface Jid {
  readonly local: string;
  readonly domain: string;
  readonly resource: string;
  /** `local@domain` */
  readonly bare: string;
}

/** Splits an address; missing parts are empty. The resource may hold `@` and `/`, so it is cut off first. */
export function parseJid(text: string | undefined): Jid {
  const [bare = '', ...rest] = (text ?? '').split('/');
  const at = bare.indexOf('@');
  return {
    local: bare.slice(0, Math.max(at, 0)),
    domain: bare.slice(at + 1),
    resource: rest.join('/'),
    bare,
  };
}
