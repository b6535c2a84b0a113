// A `meet serve` with people who may enter, and on request with a past of many meetings and rows.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { pinned, startLines } from './processes.mjs';

const meet = fileURLToPath(new URL('../../bin/meet.js', import.meta.url));
const PEOPLE_PER_CONNECTION = 10;
const JSON_TYPE = { 'content-type': 'application/json' };

/** Its url and pid, and the requests of each connection. */
export async function openGate({ CONNECTIONS, env = {}, isFilled = false }) {
  const folder = await mkdtemp(join(tmpdir(), 'meet-bench-'));
  const settings = { MEET_DATA_DIR: folder, MEET_RATE_LIMIT: '10000000', ...env };
  const server = await startLines(pinned(0, meet, 'serve', '--port', '0', '--json'), settings);
  const url = server.said.url.replace('localhost', '127.0.0.1');
  const adminKey = (await readFile(join(folder, 'admin-key'), 'utf8')).trim();
  const connections = [];
  for (let each = 0; each < CONNECTIONS; each++)
    connections.push(
      await introduce(
        url,
        adminKey,
        Array.from({ length: PEOPLE_PER_CONNECTION }, (_, i) => `${each}-${i}`),
      ),
    );
  if (isFilled) fill(join(folder, 'meet.db'));
  return {
    url,
    pid: server.pid,
    connections,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** People with a meeting each, which asks for its key: what they ask, person by person. */
async function introduce(url, adminKey, ids) {
  const requests = [];
  for (const id of ids) {
    const meeting = await post(`${url}/api/meetings`, { strategy: 'stable', prefix: 'room', id }, adminKey);
    const { token } = await post(`${url}/api/identity`, { uid: `user-${id}`, name: `user ${id}` });
    const body = JSON.stringify({ key: new URL(meeting.url).hash.replace('#key=', '') });
    const headers = { ...JSON_TYPE, authorization: `Bearer ${token}` };
    for (const what of ['authorize', 'token'])
      requests.push({ method: 'POST', path: `/api/meetings/${meeting.sessionId}/${what}`, headers, body });
  }
  return requests;
}

async function post(url, body, bearer) {
  const headers = { ...JSON_TYPE, ...(bearer && { authorization: `Bearer ${bearer}` }) };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Copies of what is there, in one transaction: 10,000 meetings, and a million rows of the past weeks. */
function fill(file) {
  const database = new Database(file, { timeout: 60_000 });
  database.exec(`begin immediate;
    ${copies('meetings', 'session_id', "'old-' || n", 10_000)};
    ${copies('audit', 'id', "'0' || printf('%09d', n)", 1_000_000, { session_id: "'old-' || (n % 10000)", uid: "'user-' || (n % 5000)" })};
    commit`);
  database.close();

  function copies(table, key, value, count, more = {}) {
    const columns = database
      .prepare(`pragma table_info(${table})`)
      .all()
      .map(({ name }) => name);
    const values = columns.map(name => (name === key ? value : (more[name] ?? name)));
    return `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})
      insert into ${table} (${columns.join(', ')})
      select ${values.join(', ')} from numbers, (select * from ${table} limit 1)`;
  }
}
