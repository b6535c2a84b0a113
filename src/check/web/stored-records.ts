import { ts } from '@ts-morph/common';
import type { Call } from './call-graph.ts';
import { calleeName, nameText, walk } from './nodes.ts';
import type { Web } from './web.ts';

/** An object that is kept, with the names of its members. */
export interface StoredRecord {
  readonly node: ts.ObjectLiteralExpression;
  readonly names: readonly string[];
}

const VERBS = new Set([
  ...['create', 'createOne', 'insert', 'insertOne', 'add', 'addDoc', 'set', 'setDoc', 'put', 'save', 'push'],
  ...[
    'upsert',
    'values',
    'unshift',
    'createMeeting',
    'insertMeeting',
    'saveMeeting',
    'addMeeting',
    'putMeeting',
  ],
]);

/**
 * What a call puts into a store of meetings: `db.meetings.insertOne(record)`, `prisma.meeting.create({ data: record })`,
 * `redis.set('meeting:…', JSON.stringify(record))`. None where a member of it cannot be seen.
 */
export function recordsOf(web: Web, call: Call): readonly StoredRecord[] {
  const isNew = ts.isNewExpression(call);
  const isVerb = isNew ? calleeName(call) === 'Meeting' : VERBS.has(calleeName(call) ?? '');
  if (!isVerb || !isAboutMeetings(call) || web.graph.callees(call).length > 0) return [];
  const given = (call.arguments ?? []).map(argument => objectsIn(web, argument));
  // What stands among them in words may be `'EX', 3600`.
  if ((call.arguments ?? []).slice(2).some(each => !ts.isObjectLiteralExpression(each))) return [];
  const read = given.flat().map(node => ({ node, names: namesOf(web, node) }));
  return read.some(({ names }) => names === null || names.length === 0)
    ? []
    : read.map(({ node, names }) => ({ node, names: names ?? [] }));
}

/** By the name of the store, or by the key under which it is kept. */
function isAboutMeetings(call: Call): boolean {
  const [key] = call.arguments ?? [];
  const places = [call.expression, ...(key && !ts.isObjectLiteralExpression(key) ? [key] : [])];
  return places.flatMap(place => [...walk(place)]).some(node => /meeting/i.test(textOf(node)));
}

function textOf(node: ts.Node): string {
  if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateHead(node) ? node.text : '';
}

function objectsIn(web: Web, argument: ts.Expression): ts.ObjectLiteralExpression[] {
  return web.origins(argument).flatMap(({ node, path }) => {
    if (path.length > 0) return [];
    if (ts.isObjectLiteralExpression(node)) return dataOf(web, node);
    const [inner] = ts.isCallExpression(node) && calleeName(node) === 'stringify' ? node.arguments : [];
    return inner ? objectsIn(web, inner) : [];
  });
}

/** Prisma's record is the `data` of its options. */
function dataOf(web: Web, options: ts.ObjectLiteralExpression): ts.ObjectLiteralExpression[] {
  const data = options.properties.find(each => nameText(each.name) === 'data');
  if (!data || !ts.isPropertyAssignment(data)) return [options];
  return objectsIn(web, data.initializer);
}

/** Null where it holds what cannot be seen. */
function namesOf(web: Web, { properties }: ts.ObjectLiteralExpression): string[] | null {
  const names: string[] = [];
  for (const each of properties) {
    if (ts.isSpreadAssignment(each)) {
      const inner = objectsIn(web, each.expression).map(node => namesOf(web, node));
      if (inner.length === 0 || inner.includes(null)) return null;
      names.push(...inner.flatMap(list => list ?? []));
    } else {
      const name = nameText(each.name);
      if (name === null) return null;
      names.push(name);
    }
  }
  return names;
}
