import { ts } from '@ts-morph/common';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { walk } from '../../web/nodes.ts';
import { type Route, routesOf, serverSources } from '../../web/server-code.ts';

export const noAuthorizeRoute: Rule = {
  id: 'server/no-authorize-route',
  severity: 'warning',
  platform: 'server',
  title: 'no route says who may join a meeting',
  why: 'A session id is no secret: it travels in links. Where the server answers nobody with 404, 410 or 403, whoever has a link is in, for ever, and pages cannot tell people why they stay outside.',
  fix: `app.post('/api/meetings/:sessionId/authorize', async (req, res) => {
  const meeting = await db.getMeeting(req.params.sessionId);
  if (!meeting) return res.status(404).json({ error: 'Meeting not found' });
  if (meeting.expiresAt < Date.now()) return res.status(410).json({ error: 'Meeting expired' });
  if (!meeting.allowList.includes(req.session.userId)) return res.status(403).json({ error: 'Not authorized' });
  res.json({ ok: true });
});`,
  bad: `import express from 'express';
import { mintAuthToken } from './cometchat';

export const app = express();

app.post('/api/meetings/:sessionId/token', async (req, res) => {
  res.json({ authToken: await mintAuthToken(req.session.userId) });
});
`,
  good: `import express from 'express';
import { mintAuthToken } from './cometchat';
import { db } from './db';

export const app = express();

app.post('/api/meetings/:sessionId/token', async (req, res) => {
  const meeting = await db.getMeeting(req.params.sessionId);
  if (!meeting) return res.sendStatus(404);
  if (meeting.expiresAt < Date.now()) return res.sendStatus(410);
  if (!meeting.allowList.includes(req.session.userId)) return res.sendStatus(403);
  res.json({ authToken: await mintAuthToken(req.session.userId) });
});
`,
  check(facts, report) {
    // Ringing has no links, and nobody to ask.
    if (facts.modes.has('ringing') && !facts.modes.has('session')) return;
    const route = meetingRoute(routesOf(facts));
    if (!route) return;
    const answered = statusesIn(facts);
    const missing = STATUSES.filter(({ status }) => !answered.has(status));
    const words = missing.map(({ status, word }) => `${status} (${word})`).join(', ');
    if (missing.length > 0) report(route.node, `no route of this server answers ${words} for a meeting`);
  },
};

const STATUSES = [
  { status: 404, word: 'unknown', name: /not_?found/i },
  { status: 410, word: 'expired', name: /gone/i },
  { status: 403, word: 'not allowed', name: /forbidden/i },
];

const WORDS = new Set([
  ...['meet', 'meeting', 'meetings', 'room', 'rooms', 'call', 'calls', 'conference', 'conferences', 'huddle'],
  ...['huddles', 'webinar', 'webinars', 'cometchat', 'authorize', 'sessionid'],
]);

/** Of the routes that are about meetings the one where the answers are missed most. */
function meetingRoute(routes: readonly Route[]): Route | null {
  const own = routes.filter(({ path }) => wordsOf(path).some(word => WORDS.has(word)));
  const named = (part: string) => own.find(({ path }) => path.toLowerCase().includes(part));
  return named('authorize') ?? named('token') ?? named('join') ?? own[0] ?? null;
}

function wordsOf(path: string): string[] {
  return path.toLowerCase().split(/[^a-z]+/);
}

/** All that occur in the server's code: tables and error classes are as good as `res.status(404)`. */
function statusesIn(facts: Facts): ReadonlySet<number> {
  const found = new Set<number>();
  for (const node of serverSources(facts).flatMap(walk))
    for (const { status, name } of STATUSES) {
      const isNumber =
        (ts.isNumericLiteral(node) || ts.isStringLiteralLike(node)) && node.text === String(status);
      if (isNumber || (ts.isIdentifier(node) && name.test(node.text))) found.add(status);
    }
  return found;
}
