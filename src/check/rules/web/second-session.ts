import { ts } from '@ts-morph/common';
import type { Rule } from '../../rule.ts';
import type { Call } from '../../web/call-graph.ts';
import { calleeName, isFn, strip, walkOwn } from '../../web/nodes.ts';
import type { Web } from '../../web/web.ts';

export const secondSession: Rule = {
  id: 'web/second-session',
  severity: 'warning',
  platform: 'web',
  title: 'a join right after another session, without waiting for its end',
  why: 'A page has one session at a time. leaveSession only begins to leave: a join before onSessionLeft meets the old session half gone, and both break.',
  fix: 'Leave, wait for onSessionLeft (or onConnectionClosed), then join.',
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function change(token: string, box: HTMLElement) {
  CometChatCalls.leaveSession();
  const { error } = await CometChatCalls.joinSession(token, {}, box);
  if (error) throw error;
}
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function change(token: string, box: HTMLElement) {
  await new Promise(over => {
    CometChatCalls.addEventListener('onSessionLeft', over, { signal: AbortSignal.timeout(5000) });
    CometChatCalls.leaveSession();
  });
  const { error } = await CometChatCalls.joinSession(token, {}, box);
  if (error) throw error;
}
`,
  check({ web }, report) {
    const around = new Set(web.calls('joinSession').flatMap(({ node }) => web.callersOf(node)));
    for (const fn of around) {
      const steps = stepsOf(web, fn);
      steps.forEach((step, index) => {
        const before = steps[index - 1];
        if (step.kind !== 'join' || !before) return;
        if (before.kind === 'leave' && leadsOn(before.node, step.node))
          report(step.node, 'joins right after leaveSession(); wait for onSessionLeft in between');
        if (before.kind === 'join' && isNext(before.node, step.node))
          report(
            step.node,
            'joins while the session before it is still there; leave it first, and wait for onSessionLeft',
          );
      });
    }
  },
};

interface Step {
  readonly kind: 'join' | 'leave' | 'other';
  readonly node: ts.Node;
}

/** Joining, leaving and what may be waiting for the end, in the order of a function's own code. */
function stepsOf(web: Web, fn: ts.Node): Step[] {
  return [...walkOwn(fn)]
    .flatMap((node): Step[] => {
      if (ts.isAwaitExpression(node) && !ts.isCallExpression(strip(node))) return [{ kind: 'other', node }];
      const kind = ts.isCallExpression(node) || ts.isNewExpression(node) ? kindOf(web, node) : null;
      return kind ? [{ kind, node }] : [];
    })
    .sort((a, b) => a.node.end - b.node.end);
}

function kindOf(web: Web, call: Call): Step['kind'] | null {
  const member = web.sdk.member(call.expression);
  if (member) return SDK_STEPS.get(member.name) ?? null;
  const run = [...web.graph.callees(call), ...callbacksOf(web, call)];
  const reached = run.flatMap(fn => web.callsFrom(fn)).flatMap(each => kindBySdk(web, each));
  const [kind, ...more] = new Set(reached);
  if (kind) return more.length > 0 ? 'other' : kind;
  // Somebody else's promise may be the wait; asking for something is none.
  const isWait = ts.isAwaitExpression(call.parent) && run.length === 0;
  return isWait && calleeName(call) !== 'fetch' ? 'other' : null;
}

const SDK_STEPS = new Map<string, Step['kind']>([
  ['joinSession', 'join'],
  ['leaveSession', 'leave'],
  ['endSessionForAll', 'leave'],
  ['addEventListener', 'other'],
]);

function kindBySdk(web: Web, call: Call): Step['kind'][] {
  const kind = SDK_STEPS.get(web.sdk.member(call.expression)?.name ?? '');
  return kind ? [kind] : [];
}

/** `generateToken(id).then(({ token }) => join(token))`, and what a new Promise waits for. */
function callbacksOf(web: Web, call: Call): readonly ts.Node[] {
  const name = calleeName(call);
  const given = name === 'then' || name === 'finally' || name === 'Promise' ? call.arguments?.[0] : undefined;
  return given ? web.graph.functions(given) : [];
}

/** Whether who ran `earlier` comes to `later`: nothing behind it on the way out to their common block turns away. */
function leadsOn(earlier: ts.Node, later: ts.Node): boolean {
  for (let at = earlier; at.parent; at = at.parent) {
    const { parent } = at;
    if (isFn(parent) || ts.isCaseOrDefaultClause(parent)) return false;
    if (!ts.isBlock(parent) && !ts.isSourceFile(parent)) continue;
    if (ts.isReturnStatement(at)) return false;
    const own = parent.statements.indexOf(at as ts.Statement);
    const next = parent.statements.findIndex(each => each.pos <= later.pos && later.end <= each.end);
    if (next === own) return isFurther(at, earlier, later);
    if (next > own) return true;
    if (parent.statements.slice(own + 1).some(turnsAway)) return false;
  }
  return false;
}

/** Within one statement: not the other branch of an `if`, a `?:` or a `try`. */
function isFurther(statement: ts.Node, earlier: ts.Node, later: ts.Node): boolean {
  const holds = (node: ts.Node | undefined, each: ts.Node) =>
    node && node.pos <= each.pos && each.end <= node.end;
  return !walkOwnIfs(statement).some(
    each => holds(each.thenStatement, earlier) && holds(each.elseStatement, later),
  );
}

function walkOwnIfs(node: ts.Node): ts.IfStatement[] {
  return [...walkOwn(node)].filter(ts.isIfStatement);
}

function turnsAway(statement: ts.Statement): boolean {
  return (
    ts.isReturnStatement(statement) ||
    ts.isThrowStatement(statement) ||
    ts.isBreakOrContinueStatement(statement)
  );
}

/** Two statements of one block with no way out between them: a second try after an error is no second session. */
function isNext(earlier: ts.Node, later: ts.Node): boolean {
  const [from, to] = [statementOf(earlier), statementOf(later)];
  if (!from || from === to || from.parent !== to?.parent || !ts.isBlock(from.parent)) return false;
  const { statements } = from.parent;
  const between = statements.slice(statements.indexOf(from) + 1, statements.indexOf(to));
  return !between.some(each => walkOwnIfs(each).some(({ thenStatement }) => waysOut(thenStatement)));
}

function waysOut(then: ts.Statement): boolean {
  return [...walkOwn(then)].some(each => ts.isReturnStatement(each));
}

/** The statement that a call is, or that keeps what it gives; null where it is under a condition. */
function statementOf(node: ts.Node): ts.Statement | null {
  let at = node;
  while (ts.isExpression(at) || ts.isVariableDeclaration(at) || ts.isVariableDeclarationList(at)) {
    if (ts.isConditionalExpression(at.parent) || ts.isBinaryExpression(at.parent)) return null;
    at = at.parent;
  }
  return ts.isExpressionStatement(at) || ts.isVariableStatement(at) || ts.isReturnStatement(at) ? at : null;
}
