// Makes what the prototype's `npm run setup` made: a self-signed certificate and the SDK as one module.
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { RTCDtlsTransport } from 'werift';

const here = fileURLToPath(new URL('.', import.meta.url));

export async function prepareBaseline() {
  if (!existsSync(`${here}cert.pem`)) {
    const { privateKey, certPem } = await RTCDtlsTransport.SetupCertificate();
    writeFileSync(`${here}key.pem`, privateKey, { mode: 0o600 });
    writeFileSync(`${here}cert.pem`, certPem);
  }
  if (existsSync(`${here}www/sdk.esm.js`)) return;
  await build({ absWorkingDir: here, entryPoints: ['entry.mjs'], bundle: true, format: 'esm', minify: true, outfile: 'www/sdk.esm.js', logLevel: 'warning' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await prepareBaseline();
