interface VendorFailure {
  readonly error: string;
  readonly code: string;
  readonly detail?: { readonly retryAfterSeconds: number };
}

const WORDS: Readonly<Record<string, string>> = {
  COMETCHAT_UNREACHABLE: 'CometChat does not answer the server; try again in a moment.',
  COMETCHAT_DOWN: 'CometChat failed; try again in a moment.',
  COMETCHAT_FAILED: 'CometChat refused; whoever runs this server finds the reason in its output.',
};

/**
 * What a visitor is told where CometChat let us down: enough to know whether waiting helps. What CometChat itself said
 * stays inside, like the names of our settings. Null for other failures.
 */
export function vendorFailure(
  code: string,
  detail: Readonly<Record<string, unknown>> | undefined,
): VendorFailure | null {
  const error = WORDS[code];
  if (error) return { error, code };
  if (code !== 'COMETCHAT_BUSY') return null;
  const retryAfterSeconds = Number(detail?.retryAfterSeconds);
  return {
    error: `CometChat has too much to do; try again in ${retryAfterSeconds} s.`,
    code,
    detail: { retryAfterSeconds },
  };
}
