import { request } from 'node:https';

/** What a host answered for one of its files. */
export interface Fetched {
  readonly status: number;
  readonly location: string | undefined;
  readonly type: string;
  readonly text: string;
  /** The file is longer than was read. */
  readonly cut: boolean;
}

const PATIENCE_MS = 15_000;

/**
 * One GET over https, without following redirects, since the systems do not either. Reads `most` bytes. `ca`: more authorities to
 * trust, PEM. Rejects with Node's error, whose code tells what is wrong with name, connection or certificate.
 */
export function fetchFile(url: URL, most: number, ca: readonly string[] | undefined): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const asked = request(url, { ...(ca && { ca: [...ca] }), signal, agent: false }, response => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const done = (cut: boolean) => {
        const { statusCode = 0, headers } = response;
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: statusCode,
          location: headers.location,
          type: headers['content-type'] ?? '',
          text,
          cut,
        });
        asked.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > most) done(true);
      });
      response.on('end', () => done(false));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end();
  });
}
