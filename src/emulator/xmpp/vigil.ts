/**
 * Whose socket ended and whose media was not heard for so long is not there any more: ICE checks its consent every few
 * seconds (RFC 7675), with the camera off as well.
 */
const ABSENT_MS = 10_000;

/**
 * Calls `onAbsent` once ten seconds have passed, the last ten of them in silence; never where nothing is known of the media:
 * then nothing tells a client that was killed from one that dials again in a moment. Gives what to call to watch no more.
 *
 * `silence`: milliseconds since the client's media was heard last.
 */
export function keepVigil(silence: () => number | null, onAbsent: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (ms: number) => {
    timer = setTimeout(look, ms).unref();
  };
  const look = () => {
    const silentMs = silence();
    if (silentMs === null) return;
    if (silentMs >= ABSENT_MS) onAbsent();
    else wait(ABSENT_MS - silentMs);
  };
  wait(ABSENT_MS);
  return () => clearTimeout(timer);
}
