import { ts } from '@ts-morph/common';
import { containersOf } from '../../markup/containers.ts';
import type { Condition } from '../../markup/element.ts';
import { namesIn } from '../../markup/template-code.ts';
import type { Rule } from '../../rule.ts';
import { enclosingFn, strip, walk } from '../../web/nodes.ts';
import type { Web } from '../../web/web.ts';

export const containerConditional: Rule = {
  id: 'web/container-conditional',
  severity: 'error',
  platform: 'web',
  title: 'the container is there only once one has joined',
  why: 'joinSession draws into it, so it has to be there before: here it comes with a state that the join itself sets, and the SDK is given null, or an element that is gone with the next render.',
  fix: 'Render the container always, and lay what the status asks for over it.',
  bad: `import { useRef, useState } from 'react';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function Room({ token }) {
  const box = useRef(null);
  const [joined, setJoined] = useState(false);
  const join = async () => {
    const { error } = await CometChatCalls.joinSession(token, {}, box.current);
    if (!error) setJoined(true);
  };
  if (!joined) return <button onClick={join}>Join</button>;
  return <div ref={box} style={{ position: 'fixed', top: 0, left: 0, width: '100vw', height: '100vh' }} />;
}
`,
  good: `import { useRef, useState } from 'react';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function Room({ token }) {
  const box = useRef(null);
  const [joined, setJoined] = useState(false);
  const join = async () => {
    const { error } = await CometChatCalls.joinSession(token, {}, box.current);
    if (!error) setJoined(true);
  };
  return (
    <>
      {!joined && <button onClick={join}>Join</button>}
      <div ref={box} style={{ position: 'fixed', top: 0, left: 0, width: '100vw', height: '100vh' }} />
    </>
  );
}
`,
  check({ web, markup }, report) {
    for (const name of ['joinSession', 'startSession'])
      for (const { node } of web.calls(name))
        for (const { file, conditions } of containersOf(node, web, markup))
          for (const condition of conditions)
            if (isFlipped(web, node, condition, file))
              report(
                { file, start: condition.start, end: condition.end },
                'the container waits for a state that is set only after joining; render it always',
              );
  },
};

/** Whether the function that joins sets, after the join, what the condition reads. */
function isFlipped(web: Web, join: ts.Node, condition: Condition, file: string): boolean {
  const fn = enclosingFn(join);
  const scope = fn && outermostOf(fn, join);
  if (!scope) return false;
  const names = new Set(condition.node ? identifiersIn(condition.node) : namesIn(condition.code));
  return [...walk(scope)].some(each => {
    if (each.pos < join.end || web.program.pathOf(each) !== file) return false;
    const set = setBy(each);
    return set !== null && names.has(set.name) && shows(set.value, condition);
  });
}

/** `join().then(() => setJoined(true))`: the callback is in the function around the join, and so is what follows. */
function outermostOf(fn: ts.Node, join: ts.Node): ts.Node {
  return fn.end > join.end ? fn : join;
}

function identifiersIn(node: ts.Node): string[] {
  return [...walk(node)].flatMap(each => (ts.isIdentifier(each) ? [each.text] : []));
}

/** `setJoined(true)`, `joined.value = true`, `joined = true`, `this.joined = true`, `joined.set(true)`: what it is called in templates. */
function setBy(node: ts.Node): { name: string; value: ts.Expression } | null {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const name = nameOf(node.left);
    return name === null ? null : { name, value: node.right };
  }
  if (!ts.isCallExpression(node) || !node.arguments[0]) return null;
  const [value] = node.arguments;
  if (ts.isIdentifier(node.expression)) {
    const [, name] = /^set([A-Z]\w*)$/.exec(node.expression.text) ?? [];
    return name ? { name: name.charAt(0).toLowerCase() + name.slice(1), value } : null;
  }
  const isSet = ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'set';
  const name =
    isSet && ts.isPropertyAccessExpression(node.expression) ? nameOf(node.expression.expression) : null;
  return name === null ? null : { name, value };
}

function nameOf(target: ts.Expression): string | null {
  const inner = strip(target);
  if (ts.isIdentifier(inner)) return inner.text;
  if (!ts.isPropertyAccessExpression(inner)) return null;
  return inner.name.text === 'value' ? nameOf(inner.expression) : inner.name.text;
}

/** Whether the new value is one with which the condition lets the element be there. */
function shows(value: ts.Expression, { code, negated }: Condition): boolean {
  const inner = strip(value);
  const inverted = negated !== /^\s*!(?!=)/.test(code);
  if (inner.kind === ts.SyntaxKind.TrueKeyword) return !inverted;
  if (inner.kind === ts.SyntaxKind.FalseKeyword) return inverted;
  if (!ts.isStringLiteralLike(inner)) return false;
  const isNamed = code.includes(`'${inner.text}'`) || code.includes(`"${inner.text}"`);
  return isNamed && code.includes('!=') === negated;
}
