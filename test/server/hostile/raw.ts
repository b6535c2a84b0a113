import { connect } from 'node:net';

/** Sends bytes as they are, which no HTTP client would, and gives back all that comes until the server hangs up. */
export function sendRaw(port: number, text: string, deadlineMs = 5_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    const late = setTimeout(() => socket.destroy(new Error('the server does not hang up')), deadlineMs);
    let answer = '';
    socket.on('data', chunk => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      clearTimeout(late);
      resolve(answer);
    });
  });
}

/** The status of an answer; 0 when there was none. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}
