import { ts } from '@ts-morph/common';
import type { Rule } from '../../rule.ts';
import { accessedName, enclosingFn, isAccess, strip, walk } from '../../web/nodes.ts';
import type { Web } from '../../web/web.ts';
import { callsOneOf, JOINS } from './calls-of.ts';

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
      for (const start of starts)
        for (const body of new Set([start, ...joinersFrom(web, start)]))
          for (const test of guardsIn(web, body))
            report(
              test,
              'a ref guards the join against StrictMode’s second run; a state has to, since the clean-up of the first run leaves',
            );
    }
  },
};

function joins(web: Web, node: ts.Node): boolean {
  return web.reaches(node, call => callsOneOf(web, call, JOINS));
}

/** The functions that an effect calls on its way to the join. */
function joinersFrom(web: Web, start: ts.Node): ts.Node[] {
  return web
    .callsFrom(start)
    .flatMap(call => web.graph.callees(call))
    .filter(fn => joins(web, fn));
}

/** `if (ref.current) return` before a join, or `if (!ref.current) { … }` around one, of a ref that the same code sets. */
function* guardsIn(web: Web, body: ts.Node): Generator<ts.Expression> {
  const set = new Set(flagsSet(web, body));
  for (const node of walk(body)) {
    if (!ts.isIfStatement(node)) continue;
    for (const part of partsOf(node.expression)) {
      const { flag, isNot } = flagOf(part);
      const key = keyOf(web, flag);
      const leaves = leavesAtOnce(node.thenStatement);
      if (key && set.has(key) && isNot !== leaves && guarded(node, leaves).some(each => joins(web, each)))
        yield node.expression;
    }
  }
}

/** What runs only if the guard lets it. */
function guarded(guard: ts.IfStatement, leaves: boolean): readonly ts.Node[] {
  if (!leaves) return [guard.thenStatement];
  const { parent } = guard;
  const rest = ts.isBlock(parent) ? parent.statements.slice(parent.statements.indexOf(guard) + 1) : [];
  return guard.elseStatement ? [guard.elseStatement, ...rest] : rest;
}

function partsOf(test: ts.Expression): ts.Expression[] {
  const inner = strip(test);
  return ts.isBinaryExpression(inner) && JOINERS.has(inner.operatorToken.kind)
    ? [...partsOf(inner.left), ...partsOf(inner.right)]
    : [inner];
}

const JOINERS = new Set([ts.SyntaxKind.BarBarToken, ts.SyntaxKind.AmpersandAmpersandToken]);

/** `joined.current`, `!joined.current`, `joined.current === true`. */
function flagOf(test: ts.Expression): { flag: ts.Expression; isNot: boolean } {
  if (ts.isPrefixUnaryExpression(test) && test.operator === ts.SyntaxKind.ExclamationToken)
    return { flag: strip(test.operand), isNot: true };
  if (ts.isBinaryExpression(test) && test.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken) {
    const isTrue = test.right.kind === ts.SyntaxKind.TrueKeyword;
    if (isTrue || test.right.kind === ts.SyntaxKind.FalseKeyword)
      return { flag: strip(test.left), isNot: !isTrue };
  }
  return { flag: test, isNot: false };
}

function leavesAtOnce(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && ts.isReturnStatement(last);
}

/** `joined.current = true`. */
function flagsSet(web: Web, body: ts.Node): object[] {
  return walk(body).flatMap(node => {
    const isSet = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    const key = isSet && node.right.kind === ts.SyntaxKind.TrueKeyword ? keyOf(web, node.left) : null;
    return key ? [key] : [];
  });
}

/** The ref, or the variable of the module: both outlive the effect. */
function keyOf(web: Web, flag: ts.Expression): object | null {
  const isRef = isAccess(flag) && accessedName(flag) === 'current';
  if (!isRef && !ts.isIdentifier(flag)) return null;
  const root = web.symbols.placeOf(flag)?.root ?? null;
  if (isRef || !root) return root;
  const [declared] = web.symbols.symbolOf(flag)?.declarations ?? [];
  const isOutside = declared && !enclosingFn(declared) && ts.isVariableDeclaration(declared);
  return isOutside && !web.hasTemplate(declared) ? root : null;
}
