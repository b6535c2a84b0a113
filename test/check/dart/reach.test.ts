import { describe, expect, it } from 'vitest';
import { createReach } from '../../../src/check/dart/reach.ts';
import { calledName } from '../../../src/check/dart/tree.ts';
import { projectOf } from './dart-run.ts';

/** Whether `start`, a method of class `A`, comes to a call of `pop`. */
function reachesPop(...texts: readonly string[]): boolean {
  const project = projectOf(...texts);
  const start = project.classNamed('A')?.methods.get('start');
  if (!start) throw new Error('no such method');
  return createReach(project).reaches(start.body, call => calledName(call) === 'pop');
}

const screen = (members: string, head = 'class A') => `${head} { ${members} }`;

describe('code comes to a call', () => {
  it.each([
    ['of its own', screen('void start() { Navigator.of(context).pop(); }')],
    ['in an arrow', screen('void start() => Navigator.pop(context);')],
    ['in a closure', screen('void start() { later(() { nav.pop(); }); }')],
    ['by a helper', screen('void start() => _back(); void _back() { nav.pop(); }')],
    ['by a helper of a helper', screen('void start() => a(); void a() => b(); void b() => nav.pop();')],
    ['by a tear-off', screen('void start() { join(onError: _back); } void _back() => nav.pop();')],
    ['by this', screen('void start() { this._back(); } void _back() => nav.pop();')],
    ['by a function of another file', screen('void start() => goBack();'), 'void goBack() => nav.pop();'],
    [
      'by a mixin',
      screen('void start() => back();', 'class A with B'),
      'mixin B { void back() => nav.pop(); }',
    ],
    [
      'by a superclass',
      screen('void start() => back();', 'class A extends B'),
      'class B { void back() => nav.pop(); }',
    ],
    [
      'by a field',
      screen('final Nav nav; void start() => nav.back();'),
      'class Nav { void back() => x.pop(); }',
    ],
    [
      'by a made field',
      screen('final nav = Nav(); void start() => nav.back();'),
      'class Nav { void back() => x.pop(); }',
    ],
    ['by a static', screen('void start() => Nav.back();'), 'class Nav { static void back() => x.pop(); }'],
    [
      'by a service locator',
      screen('void start() => Get.find<Nav>().back();'),
      'class Nav { void back() => x.pop(); }',
    ],
    [
      'by a local variable',
      screen('void start() { final n = Get.put(Nav()); n.back(); }'),
      'class Nav { void back() => x.pop(); }',
    ],
    [
      'by the only such method',
      screen('void start() => it.back();'),
      'class Nav { void back() => x.pop(); }',
    ],
    [
      'by what it gives to a wrapper',
      screen('void start() { wrap(done: _back); } void _back() => nav.pop();'),
      'void wrap({required void Function(int a) done}) { sdk.join((w) => done(1)); }',
    ],
  ])('%s', (_, ...texts) => {
    expect(reachesPop(...texts)).toBe(true);
  });

  it.each([
    ['not by a stranger', screen('void start() => back();'), 'class B { void back() => nav.pop(); }'],
    ['not by a method that is not called', screen('void start() {} void _back() => nav.pop();')],
    ['not in circles', screen('void start() => a(); void a() => start();')],
    [
      "not by another class's method of that name",
      screen('final B b; void start() => b.back();'),
      'class B { void back() {} }',
      'class C { void back() => nav.pop(); }',
    ],
  ])('%s', (_, ...texts) => {
    expect(reachesPop(...texts)).toBe(false);
  });
});

it('a parameter that is called is what the callers give', () => {
  const project = projectOf(
    'void wrap(int a, {required void Function(int a) done}) { sdk.join((w) => done(1)); }',
    'void other() { wrap(1, done: () => nav.pop()); }',
  );
  const wrap = project.functions.find(({ name }) => name === 'wrap');
  const reach = createReach(project);
  expect(wrap && reach.reaches(wrap.body, call => calledName(call) === 'pop')).toBe(true);
});
