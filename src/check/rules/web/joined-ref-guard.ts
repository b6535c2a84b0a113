import { ts } from '@ts-morph/common';
import type { Rule } from '../../rule.ts';
import { isAccess, nameText, strip, walk } from '../../web/nodes.ts';
import type { Web } from '../../web/web.ts';

export const joinedRefGuard: Rule = {
  id: 'web/joined-ref-guard',
  severity: 'error',
  platform: 'web',
  title: 'a ref keeps the effect from joining twice',
  why: 'Under StrictMode the clean-up of the first run leaves while its join is still under way, and the ref keeps the second from joining: people connect and are out at once.',
  fix: 'Keep a state instead: one effect sets it, and the effect that joins depends on it and cleans up after itself.',
  bad: `import { useEffect, useRef } from 'react';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function useCall(token: string, box: HTMLElement) {
  const joined = useRef(false);
  useEffect(() => {
    if (joined.current) return;
    joined.current = true;
    CometChatCalls.joinSession(token, {}, box).then(({ error }) => error && alert(error.message));
    return () => CometChatCalls.leaveSession();
  }, [token, box]);
}
`,
  good: `import { useEffect, useState } from 'react';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function useCall(token: string, box: HTMLElement) {
  const [inMeeting, setInMeeting] = useState(false);
  useEffect(() => setInMeeting(true), []);
  useEffect(() => {
    if (!inMeeting) return;
    CometChatCalls.joinSession(token, {}, box).then(({ error }) => error && alert(error.message));
    return () => CometChatCalls.leaveSession();
  }, [inMeeting, token, box]);
}
`,
  check({ web }, report) {
    for (const { kind, starts } of web.lifetimes()) {
      if (kind !== 'effect') continue;
      for (const start of starts) {
        const bodies = [start, ...joinersFrom(web, start)];
        if (bodies.length === 1 && !joins(web, start)) continue;
        for (const body of bodies)
          for (const test of guardsIn(web, body))
            report(
              test,
              'a ref guards the join against StrictMode’s second run; a state has to, since the clean-up of the first run leaves',
            );
      }
    }
  },
};

function isJoin(web: Web, expression: ts.Expression): boolean {
  const member = web.sdk.member(expression);
  return (
    member?.owner === 'CometChatCalls' && (member.name === 'joinSession' || member.name === 'startSession')
  );
}

function joins(web: Web, fn: ts.Node): boolean {
  return web.reaches(fn, call => isJoin(web, call.expression));
}

/** The functions that an effect calls on its way to the join. */
function joinersFrom(web: Web, start: ts.Node): ts.Node[] {
  return web
    .callsFrom(start)
    .flatMap(call => web.graph.callees(call))
    .filter(fn => joins(web, fn));
}

/** `if (ref.current) return`, or `if (!ref.current) { … }`, of a ref that the same function sets to true. */
function* guardsIn(web: Web, body: ts.Node): Generator<ts.Expression> {
  const set = new Set(assignedTrue(body).map(target => keyOf(web, target)));
  for (const node of walk(body)) {
    if (!ts.isIfStatement(node)) continue;
    for (const part of partsOf(node.expression)) {
      const isNot = ts.isPrefixUnaryExpression(part) && part.operator === ts.SyntaxKind.ExclamationToken;
      const ref = strip(isNot ? part.operand : part);
      const key = isCurrent(ref) ? keyOf(web, ref) : null;
      if (key && set.has(key) && isNot !== leavesAtOnce(node.thenStatement)) yield node.expression;
    }
  }
}

function partsOf(test: ts.Expression): ts.Expression[] {
  const inner = strip(test);
  return ts.isBinaryExpression(inner) && /^(?:\|\||&&)$/.test(inner.operatorToken.getText())
    ? [...partsOf(inner.left), ...partsOf(inner.right)]
    : [inner];
}

function leavesAtOnce(statement: ts.Statement): boolean {
  const first = ts.isBlock(statement) ? statement.statements[0] : statement;
  return first !== undefined && ts.isReturnStatement(first);
}

function assignedTrue(body: ts.Node): ts.Expression[] {
  return [...walk(body)].flatMap(node =>
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    node.right.kind === ts.SyntaxKind.TrueKeyword &&
    isCurrent(node.left)
      ? [node.left]
      : [],
  );
}

function isCurrent(node: ts.Node): node is ts.PropertyAccessExpression {
  return isAccess(node) && nameText('name' in node ? node.name : undefined) === 'current';
}

function keyOf(web: Web, ref: ts.Expression): object | null {
  return web.symbols.placeOf(ref)?.root ?? null;
}
