import type { DartNode } from './syntax.ts';
import { findAll } from './tree.ts';

export interface DartSource {
  /** Relative to the checked folder, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly root: DartNode;
}

export interface DartClass {
  readonly name: string;
  readonly source: DartSource;
  readonly node: DartNode;
  /** With its type arguments: `State`, `['CallScreen']`. */
  readonly superclass: { readonly name: string; readonly of: readonly string[] } | null;
  readonly interfaces: readonly string[];
  readonly mixins: readonly string[];
  readonly methods: ReadonlyMap<string, DartFunction>;
  /** Declared types of fields, without `?`: `_session` → `CallSession`. */
  readonly fieldTypes: ReadonlyMap<string, string>;
  /** What fields begin with. */
  readonly fieldValues: ReadonlyMap<string, DartNode>;
}

/** A method or a function with a name of its own; closures belong to whom they stand in. */
export interface DartFunction {
  readonly name: string;
  readonly source: DartSource;
  readonly owner: DartClass | null;
  readonly node: DartNode;
  readonly body: DartNode;
}

export interface DartProject {
  readonly sources: readonly DartSource[];
  readonly classes: readonly DartClass[];
  readonly functions: readonly DartFunction[];
  classNamed(name: string): DartClass | undefined;
  /** Whose the code at a node is: the innermost function with a name. */
  functionAt(node: DartNode): DartFunction | null;
  sourceOf(node: DartNode): DartSource;
}

export function readDartProject(sources: readonly DartSource[]): DartProject {
  const classes = sources.flatMap(readClasses);
  const free = sources.flatMap(readFreeFunctions);
  const functions = [...classes.flatMap(one => [...one.methods.values()]), ...free];
  const byName = new Map(classes.map(one => [one.name, one]));
  const byNode = new Map(functions.map(one => [one.node, one]));
  const byRoot = new Map(sources.map(source => [source.root, source]));
  return {
    sources,
    classes,
    functions,
    classNamed: name => byName.get(name),
    functionAt(node) {
      for (let at: DartNode | null = node; at; at = at.parent) {
        const found = byNode.get(at);
        if (found) return found;
      }
      return null;
    },
    sourceOf(node) {
      let at = node;
      while (at.parent) at = at.parent;
      const source = byRoot.get(at);
      if (!source) throw new Error('a node of no file');
      return source;
    },
  };
}

const CLASSES = new Set(['class_definition', 'mixin_declaration', 'extension_declaration']);

function readClasses(source: DartSource): DartClass[] {
  return source.root.children.filter(({ kind }) => CLASSES.has(kind)).map(node => readClass(node, source));
}

function readClass(node: DartNode, source: DartSource): DartClass {
  const part = (kind: string) => node.children.find(child => child.kind === kind);
  const name = node.name ?? part('identifier')?.name ?? '';
  const body = node.fields.body ?? part('class_body') ?? part('extension_body');
  const superclass = part('superclass');
  const methods = new Map<string, DartFunction>();
  const result: DartClass = {
    ...{ name, source, node, methods, ...readFields(body) },
    superclass: readSuperclass(superclass),
    interfaces: typeNames(part('interfaces')),
    mixins: typeNames(superclass?.children.find(({ kind }) => kind === 'mixins') ?? part('mixins')),
  };
  for (const member of body?.children ?? [])
    if (member.kind === 'function') methods.set(member.name ?? name, readFunction(member, source, result));
  return result;
}

function readSuperclass(node: DartNode | undefined): DartClass['superclass'] {
  const name = node?.children.find(({ kind }) => kind === 'type_identifier')?.name;
  if (!node || name === undefined) return null;
  return { name, of: typeNames(node.children.find(({ kind }) => kind === 'type_arguments')) };
}

function typeNames(node: DartNode | undefined): string[] {
  return (node?.children ?? []).flatMap(({ kind, name }) =>
    kind === 'type_identifier' && name ? [name] : [],
  );
}

function readFields(body: DartNode | undefined): Pick<DartClass, 'fieldTypes' | 'fieldValues'> {
  const fieldTypes = new Map<string, string>();
  const fieldValues = new Map<string, DartNode>();
  for (const { kind, children } of body?.children ?? []) {
    if (kind !== 'declaration') continue;
    const type = children.find(child => child.kind === 'type_identifier')?.name;
    const lists = children.filter(child => /_list$/.test(child.kind));
    for (const { name, children: parts } of lists.flatMap(list => list.children)) {
      if (name && type) fieldTypes.set(name, type);
      const value = parts[1];
      if (name && value) fieldValues.set(name, value);
    }
  }
  return { fieldTypes, fieldValues };
}

function readFunction(node: DartNode, source: DartSource, owner: DartClass | null): DartFunction {
  const { body = node } = node.fields;
  return { name: node.name ?? '', source, owner, node, body };
}

/** Functions of a file, and those declared inside of others. */
function readFreeFunctions(source: DartSource): DartFunction[] {
  const isFree = ({ kind, parent }: DartNode) =>
    kind === 'function' && parent !== null && !/^(class|extension|enum|mixin)_body$/.test(parent.kind);
  return findAll(source.root, isFree).map(node => readFunction(node, source, null));
}
