import type { ElementStyle } from '../../css/styles.ts';
import type { Declaration } from '../../css/stylesheet.ts';
import { containersOf } from '../../markup/containers.ts';
import type { MarkupElement } from '../../markup/element.ts';
import type { Report, Rule } from '../../rule.ts';

export const containerSizing: Rule = {
  id: 'web/container-sizing',
  severity: 'error',
  platform: 'web',
  title: 'the container has no size of its own',
  why: 'The SDK measures the container once, at the moment of joining. `flex`, `height: 100%`, `inset: 0` and `min-height` take their size from what is around, which in nested layouts is 0×0 just then: the call runs, and nobody sees a picture.',
  fix: '`position: fixed; top: 0; left: 0; width: 100vw; height: 100vh`, or a width and a height in pixels.',
  bad: `import { useRef } from 'react';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function Room({ token, onFailure }) {
  const container = useRef(null);
  const join = async () => {
    const { error } = await CometChatCalls.joinSession(token, {}, container.current);
    if (error) onFailure(error);
  };
  return (
    <>
      <button onClick={join}>Join</button>
      <div ref={container} style={{ flex: 1, minHeight: 400 }} />
    </>
  );
}
`,
  good: `import { useRef } from 'react';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function Room({ token, onFailure }) {
  const container = useRef(null);
  const join = async () => {
    const { error } = await CometChatCalls.joinSession(token, {}, container.current);
    if (error) onFailure(error);
  };
  return (
    <>
      <button onClick={join}>Join</button>
      <div ref={container} style={{ position: 'fixed', top: 0, left: 0, width: '100vw', height: '100vh' }} />
    </>
  );
}
`,
  check({ web, markup, styles }, report) {
    for (const name of ['joinSession', 'startSession'])
      for (const { node } of web.calls(name))
        for (const element of containersOf(node, web, markup)) judge(element, styles.of(element), report);
  },
};

function judge(element: MarkupElement, style: ElementStyle, report: Report): void {
  const height = style.declarations.get('height');
  if (height && isOwn(height.value)) return;
  const guilty = guiltyOf(style);
  if (guilty) {
    report(
      guilty,
      `${guilty.property}: ${guilty.value} gives the container no size of its own when joinSession measures it`,
    );
    return;
  }
  // Nothing that we can read gives it a height, and nothing that we cannot read may.
  if (style.complete && !style.declarations.has('aspect-ratio'))
    report(
      element,
      'the container has no height: an empty element is 0 pixels high when joinSession measures it',
    );
}

/** A height that does not hang on what is around. What cannot be read (`?`, `var(--x)`) counts as one. */
function isOwn(value: string): boolean {
  if (/^\?|var\(|env\(/.test(value)) return true;
  return !value.includes('%') && /\d(?:px|r?em|[dsl]?vh|[dsl]?vmin|vmax|vw|cm|in|pt)\b/.test(value);
}

/** The declaration that stands in for a height, the most telling first. */
function guiltyOf({ declarations }: ElementStyle): Declaration | null {
  const of = (name: string, test: (value: string) => boolean) => {
    const found = declarations.get(name);
    return found && test(found.value) ? found : null;
  };
  return (
    of(
      'height',
      value => value.includes('%') || /^(?:auto|inherit|(?:min|max|fit)-content|stretch)/.test(value),
    ) ??
    of('flex', value => !/^(?:none|0 0|initial|0$)/.test(value)) ??
    of('flex-grow', value => value !== '0') ??
    of('inset', value => value !== 'auto') ??
    of('min-height', () => true) ??
    (of('top', value => value !== 'auto') ? of('bottom', value => value !== 'auto') : null)
  );
}
