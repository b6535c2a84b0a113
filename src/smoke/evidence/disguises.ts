/** A secret as it is, and in every other shape in which a page may write it down. Pure. */
export function disguisesOf(secret: string): string[] {
  const percent = encodeURIComponent(secret);
  return [
    secret,
    percent,
    percent.replace(/%../g, code => code.toLowerCase()),
    encodeURIComponent(percent),
    JSON.stringify(secret).slice(1, -1),
    ...jwtParts(secret),
    ...inBase64(secret),
  ];
}

/** Claims and signature of a JWT (RFC 7519); all of one maker have the same header. */
function jwtParts(secret: string): string[] {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(secret) ? secret.split('.').slice(1) : [];
}

/**
 * Base64 and base64url (RFC 4648) of whatever the secret is a part of, as `uid:token` of HTTP's Basic: it begins at one of
 * three places of a group, and characters that it shares with its neighbours are left out.
 */
function inBase64(secret: string): string[] {
  return [0, 1, 2].flatMap(before => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const own = bytes
      .toString('base64')
      .slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
