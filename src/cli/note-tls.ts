import type { RunningServer } from './compose.ts';
import type { Context } from './context.ts';
import { handOver } from './hand-over.ts';

/** What to trust and how, and the address as a QR code for phones: on a terminal, or where it is asked for. */
export async function noteTls(context: Context, server: RunningServer, qr: boolean): Promise<void> {
  const { io, notes } = context;
  const { tls, lan, url, port } = server;
  const row = (label: string, text: string) => notes.line(`  ${notes.style('dim', label.padEnd(8))} ${text}`);
  if (tls) {
    const { by, file, fingerprint, notes: news } = tls.trust;
    notes.line();
    notes.line(`${notes.style('bold', 'https')}, once a browser or phone trusts this authority:`);
    row('file', by === 'own' ? file : `${file} (mkcert's, which this machine trusts already)`);
    if (lan && by === 'own') row('fetch', `${url.replace(/^https/, 'http')}/ca.crt`);
    row('sha-256', fingerprint.slice(0, 47));
    row('', fingerprint.slice(48));
    row('how', 'docs/https.md, for iOS, Android, macOS, Windows, Linux and Firefox');
    row('shows', `${tls.certFile}, at ${lan ? url : `https://localhost:${port} too`}`);
    if (lan) row('ports', portsOf(server, port));
    for (const line of news) notes.line(`  ${notes.style('yellow', line)}`);
  }
  if (!qr && !(lan && io.stderr.isTTY)) return;
  notes.line();
  await handOver(context, url, { qr: true });
}

/** What a firewall has to let in. */
function portsOf({ emulator }: RunningServer, port: number): string {
  return emulator ? `${port} of TCP, ${emulator.mediaPort} of UDP` : `${port} of TCP`;
}
