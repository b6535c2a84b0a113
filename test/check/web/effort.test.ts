import { ts } from '@ts-morph/common';
import { describe, expect, it } from 'vitest';
import { checkProject } from '../../../src/check/check-project.ts';
import { ALL_RULES } from '../../../src/check/rules/all.ts';
import { newEffort, seenBelow, wasSeen } from '../../../src/check/web/effort.ts';
import { walk } from '../../../src/check/web/nodes.ts';
import { projectOf, webOf } from '../in-memory.ts';

/** Every module's function gives its value on to every other module's: without bounds, each way through is gone. */
function tangled(modules: number): Record<string, string> {
  const names = Array.from({ length: modules }, (_, index) => `step${index}`);
  const files = names.map((name): [string, string] => {
    const others = names.filter(each => each !== name);
    const imports = others.map(each => `import { ${each} } from './${each}';`);
    const calls = others.map(each => `${each}({ ...given, last: given.next.last }, make(given))`);
    return [
      `src/${name}.ts`,
      `// cometchat\n${imports.join('\n')}
       export function ${name}(given, make) { return given.done ? make(given) : [${calls.join(', ')}]; }`,
    ];
  });
  const join = `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';
    import { step0 } from './step0';
    CometChatCalls.addEventListener('onConnectionClosed', () => history.back());
    export const join = async found => CometChatCalls.joinSession(await step0(found, step0), step0(found, step0));`;
  return { 'src/join.ts': join, ...Object.fromEntries(files) };
}

const processorMs = (run: () => void) => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

const check = (files: Record<string, string>) => checkProject(projectOf(files), { rules: ALL_RULES });

describe('where values go through everything', () => {
  it('takes a time that grows with the calls, not with the ways through them', () => {
    check(tangled(4));
    const small = processorMs(() => check(tangled(6)));
    const large = processorMs(() => check(tangled(12)));
    // Four times the calls; ten leaves room for a busy machine.
    expect(large).toBeLessThan(10 * Math.max(small, 500));
  }, 120_000);
});

describe('what goes further than we look', () => {
  const repeat = (times: number, text: (at: number) => string) =>
    Array.from({ length: times }, (_, at) => text(at)).join('\n');
  const chain = (links: number) =>
    `const a0 = 1;${repeat(links, at => `const a${at + 1} = a${at};`)} sink(a${links});`;
  const callers = (count: number) => `function f(a) { sink(a); } ${repeat(count, at => `f(${at});`)}`;

  /** Where the argument of `sink` comes from. */
  const leaves = (code: string) => {
    const web = webOf({ 'a.ts': `// cometchat\n${code}` });
    const calls = [...web.sources.values()].flatMap(walk).filter(ts.isCallExpression);
    const given = calls.find(({ expression }) => expression.getText() === 'sink')?.arguments[0];
    return given ? web.origins(given).map(({ node, path }) => [node.getText(), ...path].join(' › ')) : [];
  };

  it.each([
    ['many steps', chain(150), 1],
    ['many callers', callers(900), 900],
  ])('is known after %s', (_, code, count) => {
    expect(leaves(code)).toHaveLength(count);
  });

  it.each([
    ['too many steps', chain(250), 'a250 › ?'],
    ['too many callers', callers(1_100), 'a › ?'],
  ])('is not known after %s, not even in part', (_, code, leaf) => {
    expect(leaves(code)).toEqual([leaf]);
  });
});

describe('effort', () => {
  it.each([
    ['steps', newEffort(2, 9), 3],
    ['depth', newEffort(9, 2), 3],
  ])('is spent after too many %s, and stays so', (_, effort, tries) => {
    const begun = Array.from({ length: tries }, () => effort.begin());
    expect(begun).toEqual([true, true, false]);
    effort.end();
    expect([effort.begin(), effort.isSpent()]).toEqual([false, true]);
  });

  it('counts the depth by what is not ended', () => {
    const effort = newEffort(9, 1);
    for (let time = 0; time < 5; time++) {
      expect(effort.begin()).toBe(true);
      effort.end();
    }
    expect(effort.isSpent()).toBe(false);
  });

  it('tells a question inside of another what was seen, and not the other way', () => {
    const node = ts.factory.createIdentifier('a');
    const [outer, other] = [seenBelow(null), ts.factory.createIdentifier('b')];
    const inner = seenBelow(outer);
    wasSeen(outer, node, '');
    wasSeen(inner, other, '');
    expect([wasSeen(inner, node, ''), wasSeen(outer, other, '')]).toEqual([true, false]);
  });
});
