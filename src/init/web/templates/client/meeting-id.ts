/** The meeting that this page is about, by its address `/meet/<id>`; null on every other page. */
export function meetingIdOf(path: string): string | null {
  return /^\/meet\/([a-z0-9-]+)\/?$/.exec(path)?.[1] ?? null;
}
