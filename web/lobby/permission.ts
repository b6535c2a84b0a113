/** Whose settings have to be found, to allow a camera. */
export type Browser = 'chrome' | 'android' | 'firefox' | 'safari' | 'ios' | 'other';
export type System = 'mac' | 'windows' | 'ios' | 'android' | 'other';

/** Why there is no camera or no microphone. */
export type Trouble = 'asked' | 'blocked' | 'system' | 'policy' | 'missing' | 'busy';

type Agent = Pick<Navigator, 'userAgent' | 'maxTouchPoints'>;

export function systemOf({ userAgent, maxTouchPoints }: Agent): System {
  // An iPad says that it is a Mac, but no Mac can be touched.
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return 'ios';
  if (/Android/.test(userAgent)) return 'android';
  if (/Macintosh/.test(userAgent)) return 'mac';
  return /Windows/.test(userAgent) ? 'windows' : 'other';
}

export function browserOf(agent: Agent): Browser {
  const { userAgent } = agent;
  const system = systemOf(agent);
  // Every browser on iOS is Safari underneath, and keeps its permissions where Safari does.
  if (system === 'ios') return 'ios';
  if (/Firefox\//.test(userAgent)) return 'firefox';
  if (/Chrome\//.test(userAgent)) return system === 'android' ? 'android' : 'chrome';
  return /Safari\//.test(userAgent) ? 'safari' : 'other';
}

/**
 * What a rejected `getUserMedia` means. The names are those of Media Capture and Streams, 10.3.5; who said no is only in
 * Chromium's words. `allowed`: whether the page itself may ask at all (Permissions Policy).
 */
export function troubleOf(
  error: { readonly name?: string; readonly message?: string },
  allowed: boolean,
): Trouble {
  const { name = '', message = '' } = error;
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  if (name !== 'NotAllowedError' && name !== 'SecurityError') return 'busy';
  if (!allowed) return 'policy';
  if (/by system/i.test(message)) return 'system';
  return /dismissed/i.test(message) ? 'asked' : 'blocked';
}
