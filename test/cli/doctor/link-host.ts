import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeAuthority } from '../../../src/server/authority.ts';
import { makeCertificate } from '../../../src/server/certificate.ts';
import { makeKey } from '../../../src/server/x509-keys.ts';

export const ANDROID = '/.well-known/assetlinks.json';
export const APPLE = '/.well-known/apple-app-site-association';
export const PRINT = Array(32).fill('0A').join(':');

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** The files of a host where all is right. */
export const right = {
  [ANDROID]: [
    {
      relation: ['delegate_permission/common.handle_all_urls'],
      target: {
        namespace: 'android_app',
        package_name: 'com.example.app',
        sha256_cert_fingerprints: [PRINT],
      },
    },
  ],
  [APPLE]: {
    applinks: { details: [{ appIDs: ['ABCDE12345.com.example.app'], components: [{ '/': '/meet/*' }] }] },
  },
} as const;

/** A host on this machine over https, with a certificate made at `madeAt`, and the file to trust it by. */
export async function startHost(answers: Record<string, Answer>, folder: string, madeAt = Date.now()) {
  const key = makeKey();
  const names = { dns: ['localhost', 'xmpp.localhost'], ip: ['127.0.0.1', '::1'] };
  const authority = { key, cert: await makeAuthority({ key, names, machine: 'host', now: madeAt }) };
  const cert = await makeCertificate({ key, authority, names, now: madeAt });
  const server = createServer({ key, cert }, ({ url = '' }, response) => {
    const json = (right as Record<string, unknown>)[url];
    const { status = json ? 200 : 404, headers, body = JSON.stringify(json) } = answers[url] ?? {};
    response.writeHead(status, headers ?? { 'content-type': 'application/json' }).end(body);
  });
  // On all addresses, of which the certificate does not name all.
  await new Promise<void>(resolve => server.listen(0, '0.0.0.0', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, authority.cert);
  return { port: (server.address() as AddressInfo).port, ca };
}
