// A JWT, all of which begin with {" in base64url, or what follows the # of our links; as typed, or as a URL has it (also twice).
const SECRETS =
  /eyJ[\w-]{8,}[\w.%-]*|(?<=(?:\b|%(?:25)*[\da-f]{2})(?:key|invite|admin|token)(?:=|%(?:25)*3d))[^&\s]+/gi;

/** Takes out what is a secret, in a text of somebody who pasted it where an id, a name or a path belongs. */
export function maskSecrets(text: string): string {
  return text.replace(SECRETS, '***');
}
