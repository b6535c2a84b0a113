/** What a token says, by its claims' paths, like `data.user.uid`. */
export type Claims = Readonly<Record<string, string | number | boolean | null>>;

/** More than any token that is one says. */
const MAX_CLAIMS = 60;

/**
 * What a JWT (RFC 7519) says, without the token itself: neither header nor signature. Null for one that cannot be read.
 * Nothing is verified: that is the server's part.
 */
export function readClaims(token: string): Claims | null {
  const payload = token.split('.')[1];
  if (!payload) return null;
  try {
    const said: unknown = JSON.parse(decode(payload));
    if (typeof said !== 'object' || said === null) return null;
    return Object.fromEntries(flatten(said).slice(0, MAX_CLAIMS));
  } catch {
    return null;
  }
}

function decode(base64url: string): string {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(binary, character => character.charCodeAt(0)));
}

function flatten(value: object, path = ''): [string, Claims[string]][] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null
      ? flatten(inner, `${path}${name}.`)
      : [[path + name, inner as Claims[string]] as [string, Claims[string]]],
  );
}
