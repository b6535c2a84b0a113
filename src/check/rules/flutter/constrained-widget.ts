import type { DartNode } from '../../dart/syntax.ts';
import {
  ancestors,
  argument,
  calledName,
  type DartCall,
  findAll,
  isCall,
  nameChain,
} from '../../dart/tree.ts';
import { callbackOf } from '../../flutter/call-life.ts';
import type { FlutterApp } from '../../flutter/flutter-app.ts';
import { dart, type FlutterRule } from './flutter-rule.ts';

const ALWAYS_SMALLER = new Set(['ConstrainedBox', 'AspectRatio', 'FractionallySizedBox', 'LimitedBox']);

export const constrainedWidget: FlutterRule = {
  id: 'flutter/constrained-widget',
  severity: 'error',
  title: 'the widget of the call does not get all the room',
  why: 'It draws a whole call, with its bars: inside a padding or a box of its own size, parts of it are cut off.',
  fix: 'Show it as `SizedBox.expand(child: view)`.',
  bad: dart(`class _CallScreenState extends State<CallScreen> {
  void join() => CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: (w) => setState(() => _view = w), onError: fail);
  Widget build(BuildContext context) => Container(height: 400, child: _view);
}`),
  good: dart(`class _CallScreenState extends State<CallScreen> {
  void join() => CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: (w) => setState(() => _view = w), onError: fail);
  Widget build(BuildContext context) => SizedBox.expand(child: _view);
}`),
  check(app, report) {
    const names = namesOfView(app);
    if (names.size === 0) return;
    const isView = ({ kind, name }: DartNode) => /^(identifier|member)$/.test(kind) && names.has(name ?? '');
    for (const { root } of app.dart.sources)
      for (const use of findAll(root, isView)) {
        const box = widgetsAround(use).find(cutsOff);
        if (box) report(box, `the widget of the call stands in a ${widgetName(box)} that cuts it off`);
      }
  },
};

/** What the app calls the widget that `onSuccess` brings: its parameter, and where that is put. */
function namesOfView(app: FlutterApp): Set<string> {
  const names = new Set<string>();
  for (const join of app.joins) {
    const given = argument(join, 'onSuccess');
    const code = callbackOf(app, join, 'onSuccess');
    const list = given?.kind === 'closure' ? given.fields.parameters : app.reach.resolve(given ?? join)?.node;
    const parameter = list && findAll(list, ({ kind }) => kind === 'formal_parameter')[0];
    const name = parameter?.name ?? parameter?.children.at(-1)?.name;
    if (!code || name === undefined) continue;
    names.add(name);
    for (const kept of keptAs(app, code, name)) names.add(kept);
  }
  return names;
}

/** `_view = w`, `view.value = w`, and the field behind `Joined(w)`. */
function keptAs(app: FlutterApp, code: DartNode, name: string): string[] {
  const mentions = (node: DartNode | undefined) =>
    node !== undefined && findAll(node, at => at.kind === 'identifier' && at.name === name).length > 0;
  const assigned = findAll(
    code,
    ({ kind, fields }) => kind === 'assignment_expression' && mentions(fields.right),
  )
    .flatMap(({ fields }) => fields.left?.children ?? [])
    .flatMap(left => (nameChain(left) ?? []).filter(part => part !== 'value').slice(-1));
  const wrapped = findAll(code, isCall)
    .filter(call => (call as DartCall).args.some(({ value }) => value.name === name))
    .flatMap(call => fieldsOf(app, calledName(call as DartCall) ?? ''));
  return [...assigned, ...wrapped];
}

function fieldsOf({ dart: project }: FlutterApp, className: string): string[] {
  const made = project.classNamed(className);
  if (!made) return [];
  return findAll(made.node, ({ kind }) => kind === 'constructor_param').flatMap(
    ({ children }) => children.at(-1)?.name ?? [],
  );
}

/** The widgets that a use stands in, the innermost first, as far as one expression goes. */
function widgetsAround(use: DartNode): DartCall[] {
  const around = ancestors(use);
  const end = around.findIndex(({ kind }) => kind === 'closure' || kind === 'function' || kind === 'block');
  return around.slice(0, end < 0 ? undefined : end).filter(isCall);
}

function cutsOff(box: DartCall): boolean {
  const chain = nameChain(box) ?? [];
  const name = widgetName(box);
  if (ALWAYS_SMALLER.has(name)) return true;
  if (name === 'Padding') return !/zero/.test((nameChain(argument(box, 'padding') ?? box) ?? []).join('.'));
  const sized = name === 'Container' || (name === 'SizedBox' && chain.length === 1);
  return sized && (['width', 'height'].some(side => isNumber(argument(box, side))) || hasInsets(box));
}

function widgetName(box: DartCall): string {
  const chain = nameChain(box) ?? [];
  return (chain[0] ?? '').replace('()', '');
}

function isNumber(size: DartNode | undefined): boolean {
  return size !== undefined && /_literal$/.test(size.kind);
}

function hasInsets(box: DartCall): boolean {
  return ['padding', 'margin', 'constraints'].some(label => argument(box, label) !== undefined);
}
