import { ts } from '@ts-morph/common';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { calleeName, nameText, walk } from '../../web/nodes.ts';
import { serverSources } from '../../web/server-code.ts';
import { recordsOf } from '../../web/stored-records.ts';

export const noExpiry: Rule = {
  id: 'server/no-expiry',
  severity: 'warning',
  platform: 'server',
  title: 'a meeting is stored without an end',
  why: 'Its link opens the room for ever: to those who left the company, and to whoever finds the link in an old mail. The list of meetings only grows.',
  fix: 'await db.meetings.insertOne({ sessionId, allowList, expiresAt: Date.now() + 24 * 60 * 60 * 1000 });',
  bad: `import { randomUUID } from 'node:crypto';
import express from 'express';
import { cometchat } from './cometchat';

const meetings = new Map();

express().post('/api/meetings', (req, res) => {
  const sessionId = randomUUID();
  meetings.set(sessionId, { sessionId, host: req.session.userId });
  res.json({ sessionId });
});
`,
  good: `import { randomUUID } from 'node:crypto';
import express from 'express';
import { cometchat } from './cometchat';

const meetings = new Map();

express().post('/api/meetings', (req, res) => {
  const sessionId = randomUUID();
  meetings.set(sessionId, { sessionId, host: req.session.userId, expiresAt: Date.now() + 3_600_000 });
  res.json({ sessionId });
});
`,
  check(facts, report) {
    if (facts.modes.has('ringing') && !facts.modes.has('session')) return;
    const sources = serverSources(facts);
    if (sources.some(source => walk(source).some(isDefault))) return;
    const known = sources.filter(source => facts.web.program.pathOf(source) !== null);
    for (const node of known.flatMap(walk)) {
      for (const record of recordsIn(facts, node))
        report(record, 'this meeting never ends: nothing in what is stored says when it expires');
      if (isInsertion(node))
        report(node, 'meetings are inserted without a column that says when they expire');
    }
  },
};

const ENDS = /expir|ttl|valid_?until|until|ends?_?(?:at|on|time|date)|^end$|closes|deadline|duration/i;

function recordsIn({ web }: Facts, node: ts.Node): ts.Node[] {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return [];
  const records = recordsOf(web, node);
  const names = records.flatMap(({ names }) => names);
  // Options of the store are objects among the arguments too: `{ ex: 3600 }`.
  return names.some(name => ENDS.test(name) || ['ex', 'px', 'exat'].includes(name.toLowerCase()))
    ? []
    : records.map(record => record.node);
}

const SCHEMAS = new Set([
  'Schema',
  'pgTable',
  'mysqlTable',
  'sqliteTable',
  'define',
  'model',
  'createIndex',
  'index',
]);

/** A schema, a table or an index that sets the end by itself. */
function isDefault(node: ts.Node): boolean {
  if (ts.isStringLiteralLike(node)) {
    const text = node.text.toLowerCase();
    return text.includes('create table') && ENDS.test(text);
  }
  if (!ts.isPropertyAssignment(node) || !/expir|ttl/i.test(nameText(node.name) ?? '')) return false;
  for (let each: ts.Node = node.parent; each; each = each.parent)
    if ((ts.isCallExpression(each) || ts.isNewExpression(each)) && SCHEMAS.has(calleeName(each) ?? ''))
      return true;
  return false;
}

/** `INSERT INTO meetings (…)`; not where the columns are put together. */
function isInsertion(node: ts.Node): boolean {
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateHead(node)) return false;
  const text = node.text.toLowerCase();
  const [columns = '', rest] = text.slice(text.indexOf('(')).split(')', 2);
  return (
    /insert into \W?meetings?\b/.test(text) &&
    rest !== undefined &&
    columns !== '' &&
    !ENDS_IN_SQL.test(columns)
  );
}

const ENDS_IN_SQL = /expir|ttl|until|ends|end_|closes|deadline|duration/;
