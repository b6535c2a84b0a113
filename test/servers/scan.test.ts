import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../src/cli/compose.ts';

const hasWapiti = spawnSync('wapiti', ['--version'], { timeout: 30_000 }).status === 0;
if (!hasWapiti)
  process.stdout.write('scan: skipped, there is no wapiti here; Debian: apt-get install wapiti\n');

/** All but those that ask other servers, or load their data from them: nikto, ssrf, wapp, xxe; and that know forms to sign in. */
const MODULES =
  'backup,blindsql,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss';

interface Finding {
  readonly method: string;
  readonly path: string;
  readonly info: string;
}

interface Report {
  readonly vulnerabilities: Readonly<Record<string, readonly Finding[]>>;
  readonly anomalies: Readonly<Record<string, readonly Finding[]>>;
}

/** What SECURITY.md has to answer: where a kind of finding has many reasons, the reason. */
const nameOf = (kind: string, { info }: Finding) => (/header|policy/i.test(kind) ? info : kind);

async function requestsAt(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const counts = metrics.matchAll(/^meet_http_request_duration_seconds_count\{.*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

it.skipIf(!hasWapiti)(
  'wapiti finds nothing that SECURITY.md does not answer, and no 5xx',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'meet-scan-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const failures: unknown[] = [];
    const server = await startServer({
      dataDir: join(folder, '.meet'),
      projectDir: folder,
      env: { MEET_RATE_LIMIT: '1000000' },
      port: 0,
      onFailure: error => failures.push(error),
    });
    onTestFinished(() => server.stop());
    const created = await fetch(`${server.local}/api/meetings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/json' },
      body: '{}',
    });
    const { sessionId } = (await created.json()) as { sessionId: string };
    const root = `http://127.0.0.1:${server.port}`;
    const starts = [
      `/meet/${sessionId}`,
      `/api/meetings/${sessionId}?key=a&token=b`,
      `/api/meetings/${sessionId}/people`,
      `/api/meetings/${sessionId}/events?follow=false`,
      '/openapi.json',
      '/metrics',
      '/meet-shim.js',
      '/cometchat/v3.0/call_tokens?configVersion=1',
    ];
    const before = await requestsAt(server.local);
    const report = join(folder, 'report.json');
    const args = [
      ...['-u', `${root}/`, '--scope', 'domain', '-m', MODULES, '--no-bugreport', '--flush-session'],
      ...starts.flatMap(path => ['-s', root + path]),
      ...['--store-session', join(folder, 's'), '--store-config', join(folder, 'c')],
      ...[
        '-d',
        '3',
        '--max-scan-time',
        '15',
        '--max-attack-time',
        '4',
        '-t',
        '5',
        '-f',
        'json',
        '-o',
        report,
      ],
    ];
    await promisify(execFile)('wapiti', args, { timeout: 90_000, env: { ...process.env, HOME: folder } });

    const { vulnerabilities, anomalies } = JSON.parse(await readFile(report, 'utf8')) as Report;
    const sent = (await requestsAt(server.local)) - before;
    const found = Object.entries(vulnerabilities).flatMap(([kind, findings]) =>
      findings.map(finding => nameOf(kind, finding)),
    );
    const names = [...new Set(found)].sort();
    process.stdout.write(`scan: wapiti sent ${sent} requests, and found: ${names.join('; ')}\n`);
    expect(sent).toBeGreaterThan(500);
    expect(Object.values(anomalies).flat()).toEqual([]);
    expect(failures).toEqual([]);
    const answers = await readFile(new URL('../../SECURITY.md', import.meta.url), 'utf8');
    expect(names.filter(name => !answers.includes(`| ${name} |`))).toEqual([]);
  },
  120_000,
);
