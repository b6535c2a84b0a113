import type { DartClass, DartFunction, DartProject } from './dart-project.ts';
import type { DartNode } from './syntax.ts';
import { callsIn, type DartCall, findAll } from './tree.ts';

/** How one piece of code comes to another: the calls on the way, the last one being what was looked for. */
export type Way = readonly DartNode[];

export interface Reach {
  /** The calls that running `code` can come to, through helpers of the project too, and how. */
  waysTo(code: DartNode, test: (call: DartCall) => boolean): Way[];
  reaches(code: DartNode, test: (call: DartCall) => boolean): boolean;
  /** What a name, a call or a tear-off at a node means in this project. */
  resolve(node: DartNode): DartFunction | null;
}

/**
 * Follows names: own methods (mixins and superclasses of the project too), functions of the project, and methods of what a
 * field, a parameter or a service locator (`Get.find<T>()`, `context.read<T>()`) is declared to be. A method that only one class has
 * is found by its name alone, since Dart's types are not inferred here. A parameter that is called is what the callers give for it.
 */
export function createReach(project: DartProject): Reach {
  const free = new Map(project.functions.filter(({ owner }) => !owner).map(one => [one.name, one]));
  const byMethod = groupMethods(project.classes);

  const resolve = (node: DartNode): DartFunction | null => {
    const target = node.kind === 'call' ? node.target : node;
    if (target?.kind === 'identifier') return byOwnName(target);
    if (target?.kind !== 'member' || !target.name || !target.target) return null;
    return byReceiver(target.target, target.name);
  };

  function byOwnName(node: DartNode): DartFunction | null {
    const { name = '' } = node;
    const owner = project.functionAt(node)?.owner;
    return (owner && findMethod(project, owner, name)) ?? free.get(name) ?? null;
  }

  function byReceiver(receiver: DartNode, name: string): DartFunction | null {
    const owner = project.functionAt(receiver)?.owner;
    if (receiver.kind === 'super') return owner ? findInherited(project, owner, name) : null;
    if (receiver.kind === 'this') return owner ? findMethod(project, owner, name) : null;
    const type = typeOf(receiver, owner ?? null);
    const known = type === null ? undefined : project.classNamed(type);
    if (known) return findMethod(project, known, name);
    const only = byMethod.get(name);
    return only?.length === 1 && type === null ? (only[0] ?? null) : null;
  }

  /** The class of what a receiver is, as far as it is written down; null where it is not. */
  function typeOf(receiver: DartNode, owner: DartClass | null): string | null {
    if (receiver.kind === 'call') return typeOfCall(receiver, owner);
    const { kind, name = '' } = receiver;
    if (kind !== 'identifier' && !(kind === 'member' && receiver.target?.kind === 'this')) return null;
    if (/^[A-Z]/.test(name)) return name;
    const local = kind === 'identifier' ? findLocal(receiver, name) : undefined;
    const value = local ?? owner?.fieldValues.get(name);
    return owner?.fieldTypes.get(name) ?? (value ? typeOf(value, owner) : null);
  }

  /** `Nav()`, `Get.find<Nav>()`, `context.read<Nav>()`, `Get.put(Nav())`. */
  function typeOfCall(made: DartNode, owner: DartClass | null): string | null {
    const [type] = made.types ?? [];
    if (type !== undefined) return type;
    const name = made.target?.name ?? '';
    if (/^[A-Z]/.test(name)) return name;
    const [first] = made.args ?? [];
    return first && name === 'put' ? typeOf(first.value, owner) : null;
  }

  function findLocal(node: DartNode, name: string): DartNode | undefined {
    const body = project.functionAt(node)?.body;
    const isIt = (at: DartNode) => at.kind === 'initialized_variable_definition' && at.name === name;
    return body && findAll(body, isIt)[0]?.fields.value;
  }

  /** What callers give for a parameter that is called, or handed on: the code of their closures and functions. */
  function handedOn(mention: DartNode): DartNode[] {
    const named = mention.kind === 'call' ? mention.target : mention;
    const here = named?.kind === 'identifier' ? project.functionAt(named) : null;
    const place = here ? parametersOf(here).indexOf(named?.name ?? '') : -1;
    if (!here || place < 0) return [];
    return callersOf(here).flatMap(({ args }) => {
      const given =
        args.find(({ label }) => label === named?.name) ?? args.filter(({ label }) => label === null)[place];
      if (!given) return [];
      if (given.value.kind === 'closure') return [given.value];
      return resolve(given.value)?.body ?? handedOn(given.value);
    });
  }

  const callers = new Map<DartFunction, DartCall[]>();
  function callersOf(called: DartFunction): DartCall[] {
    if (callers.size === 0)
      for (const { root } of project.sources)
        for (const call of callsIn(root)) {
          const found = resolve(call);
          if (found) callers.set(found, [...(callers.get(found) ?? []), call]);
        }
    return callers.get(called) ?? [];
  }

  const waysTo: Reach['waysTo'] = (code, test) => {
    const seen = new Set<DartNode>();
    const visit = (at: DartNode): Way[] => [
      ...callsIn(at)
        .filter(test)
        .map(call => [call]),
      ...findAll(at, isMention).flatMap(mention => {
        const next = resolve(mention);
        const bodies = next ? [next.body] : handedOn(mention);
        return bodies.flatMap(body => {
          if (seen.has(body)) return [];
          seen.add(body);
          return visit(body).map(way => [mention, ...way]);
        });
      }),
    ];
    return visit(code);
  };
  return { waysTo, reaches: (code, test) => waysTo(code, test).length > 0, resolve };
}

/** A call, or a function that is handed on: `onError: _failed`. */
function isMention({ kind, parent, name }: DartNode): boolean {
  if (kind === 'call') return true;
  return (
    kind === 'identifier' && name !== undefined && parent?.kind === 'call' && parent.target?.name !== name
  );
}

function parametersOf({ node }: DartFunction): string[] {
  const { signature } = node.fields;
  const list = signature?.children.find(({ kind }) => kind === 'formal_parameter_list');
  const isOne = ({ kind }: DartNode) => kind === 'formal_parameter';
  return list ? findAll(list, isOne).map(one => one.name ?? one.children.at(-1)?.name ?? '') : [];
}

export function findMethod(project: DartProject, owner: DartClass, name: string): DartFunction | null {
  return owner.methods.get(name) ?? findInherited(project, owner, name);
}

function findInherited(project: DartProject, owner: DartClass, name: string): DartFunction | null {
  const others = [...owner.mixins].reverse().concat(owner.superclass?.name ?? []);
  for (const other of others) {
    const parent = project.classNamed(other);
    const found = parent && parent !== owner ? findMethod(project, parent, name) : null;
    if (found) return found;
  }
  return null;
}

function groupMethods(classes: readonly DartClass[]): Map<string, DartFunction[]> {
  const groups = new Map<string, DartFunction[]>();
  for (const { methods } of classes)
    for (const [name, method] of methods) groups.set(name, [...(groups.get(name) ?? []), method]);
  return groups;
}
