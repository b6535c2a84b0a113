import { ts } from '@ts-morph/common';
import { containersOf } from '../../markup/containers.ts';
import type { Condition } from '../../markup/element.ts';
import { holdsWith, literalValue, type Value, variableName } from '../../markup/holds.ts';
import type { Rule } from '../../rule.ts';
import { calleeName, enclosingFn, isAccess, nameText, strip, walk } from '../../web/nodes.ts';
import type { Web } from '../../web/web.ts';
import { JOINS } from './calls-of.ts';

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
    for (const name of JOINS)
      for (const { node } of web.calls(name)) {
        const elements = containersOf(node, web, markup).filter(({ conditions }) => conditions.length > 0);
        const set = elements.length > 0 ? setAfter(web, node) : [];
        for (const { file, conditions } of elements)
          for (const condition of conditions)
            if (isFlipped(web, set, condition, file))
              report(
                { file, start: condition.start, end: condition.end },
                'the container waits for a state that is set only after joining; render it always',
              );
      }
  },
};

/** Whether what is set after the join, and nothing before it, lets the element be there, which was not at first. */
function isFlipped(web: Web, set: readonly Assigned[], condition: Condition, file: string): boolean {
  const states = hookStates(web, condition);
  return set.some(({ name, value, path }) => {
    const state = states.find(each => each.path === path && each.name === name);
    const shown = isSeenBy(web, file, path) ? name : state?.shown;
    const source = web.sources.get(path);
    if (!source || shown === undefined || holdsWith(condition, shown, value) === false) return false;
    const isHidden = (each: Value) => holdsWith(condition, shown, each) === false;
    const initials = initialsOf(source, name);
    return initials.some(isHidden) && setElsewhere(source, name, set).every(isHidden);
  });
}

/** Whether a template can show what a script keeps: its own, or one that this imports, as a composable or a service. */
function isSeenBy({ sources, program }: Web, template: string, script: string): boolean {
  const own = template.endsWith('.html') ? template.replace(/\.html$/, '.ts') : template;
  if (script === template || script === own) return true;
  // JSX names what a hook keeps by itself: `hookStates`.
  if (/\.[jt]sx$/.test(own)) return false;
  return (sources.get(own)?.statements ?? []).some(
    each =>
      ts.isImportDeclaration(each) &&
      ts.isStringLiteral(each.moduleSpecifier) &&
      program.resolvePath(each.moduleSpecifier.text, own) === script,
  );
}

interface HookState {
  /** What the condition calls it. */
  readonly shown: string;
  readonly name: string;
  readonly path: string;
}

/** States that a hook in another file keeps: `joined` of `const { joined } = useCall()`. JSX only. */
function hookStates(web: Web, { node }: Condition): HookState[] {
  const read = node ? walk(node).filter(each => ts.isIdentifier(each) || isAccess(each)) : [];
  return read.flatMap(each => {
    const shown = variableName(each);
    return web.origins(each).flatMap(({ node: { parent }, node: box, path: part }) => {
      if (part[0] !== '0' || !ts.isVariableDeclaration(parent)) return [];
      const [first] = ts.isArrayBindingPattern(parent.name) ? parent.name.elements : [];
      const name = first && ts.isBindingElement(first) ? nameText(first.name) : null;
      const path = web.program.pathOf(box);
      return shown !== null && name !== null && path !== null ? [{ shown, name, path }] : [];
    });
  });
}

/** What a variable is set to at other places than behind the join: `joining` before it, or by a lobby's button. */
function setElsewhere(source: ts.SourceFile, name: string, set: readonly Assigned[]): Value[] {
  const behind = new Set(set.map(({ node }) => node));
  return walk(source)
    .filter(node => !behind.has(node))
    .flatMap(setBy)
    .flatMap(each => (each.name === name ? [each.value] : []));
}

interface Assigned {
  readonly node: ts.Node;
  readonly name: string;
  readonly value: Value;
  readonly path: string;
}

/** What is set behind a join, behind the calls that come to it, and when the SDK says that one is in. */
function setAfter(web: Web, join: ts.Node): Assigned[] {
  const points = new Set([join]);
  for (const point of points) {
    const fn = enclosingFn(point);
    for (const site of fn ? web.graph.sites(fn) : [])
      if (site.kind === 'call' || site.kind === 'then') points.add(site.call);
  }
  const behind = [...points].flatMap(point =>
    walk(enclosingFn(point) ?? point).filter(each => each.pos >= point.end),
  );
  return [...behind, ...joinedListeners(web).flatMap(fn => walk(fn))].flatMap(node => {
    const path = web.program.pathOf(node);
    return path === null ? [] : setBy(node).map(each => ({ ...each, node, path }));
  });
}

function joinedListeners(web: Web): ts.Node[] {
  return web.calls('addEventListener').flatMap(({ node: { arguments: [event, listener] = [] } }) => {
    const isJoined = event && ts.isStringLiteralLike(event) && event.text === 'onSessionJoined';
    return isJoined && listener ? web.graph.functions(listener) : [];
  });
}

type Setting = Omit<Assigned, 'path' | 'node'>;

/** `setJoined(true)`, `joined.value = true`, `this.joined = true`, `joined.set(true)`, `setState({ joined: true })`. */
function setBy(node: ts.Node): Setting[] {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    return named(variableName(node.left), node.right);
  if (!ts.isCallExpression(node) || !node.arguments[0]) return [];
  const [value] = node.arguments;
  const callee = calleeName(node) ?? '';
  if (callee === 'setState' && ts.isObjectLiteralExpression(value)) return literalsOf(value);
  const { expression } = node;
  if (callee === 'set' && ts.isPropertyAccessExpression(expression))
    return named(variableName(expression.expression), value);
  const [, name] = /^set([A-Z]\w*)$/.exec(callee) ?? [];
  return named(name ? name.charAt(0).toLowerCase() + name.slice(1) : null, value);
}

function named(name: string | null, given: ts.Expression | undefined): Setting[] {
  const value = literalValue(given);
  return name === null || value === undefined ? [] : [{ name, value }];
}

function literalsOf({ properties }: ts.ObjectLiteralExpression): Setting[] {
  return properties.flatMap(each =>
    ts.isPropertyAssignment(each) ? named(nameText(each.name), each.initializer) : [],
  );
}

/** What a variable begins as: `useState(false)`, `ref(false)`, `$state('idle')`, `joined = false`, `{ joined: false }`. */
function initialsOf(source: ts.SourceFile, name: string): Value[] {
  return walk(source).flatMap(node => {
    if (!ts.isVariableDeclaration(node) && !ts.isPropertyDeclaration(node) && !ts.isPropertyAssignment(node))
      return [];
    const [first] = ts.isArrayBindingPattern(node.name) ? node.name.elements : [];
    const own = first && ts.isBindingElement(first) ? nameText(first.name) : nameText(node.name);
    const given = node.initializer && strip(node.initializer);
    const value = literalValue(given && ts.isCallExpression(given) ? given.arguments[0] : given);
    return own === name && value !== undefined ? [value] : [];
  });
}
