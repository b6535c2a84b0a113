import type { Node } from 'web-tree-sitter';

/**
 * A piece of Dart, as rules like to read it. `kind` is the grammar's, except where the grammar lays out flat what belongs
 * together: `a.b(c)..d()` comes as one node with siblings, and is here `member`, `call`, `index` and `cascade`, nested; a
 * signature and the body behind it are one `function`.
 */
export interface DartNode {
  readonly kind: string;
  /** Offsets in the file's text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly DartNode[];
  parent: DartNode | null;
  /** Of an identifier, a member, a function, a class, a declared variable. */
  readonly name?: string;
  /** Of a `call`: what is called. Of a `member` and an `index`: of what. */
  readonly target?: DartNode;
  readonly args?: readonly DartArgument[];
  /** Of a `call`: its type arguments, as `T` of `Get.find<T>()`. */
  readonly types?: readonly string[];
  /** By the grammar's field names: `condition`, `consequence`, `body`, `left`, `value` … */
  readonly fields: Readonly<Record<string, DartNode>>;
  /** The words of a leaf. */
  readonly text?: string;
}

export interface DartArgument {
  /** null where it is positional. */
  readonly label: string | null;
  readonly value: DartNode;
}

type Draft = { -readonly [K in keyof DartNode]: DartNode[K] };
type Part = readonly [field: string | null, node: Node];

const SELECTORS = new Set(['unconditional_assignable_selector', 'conditional_assignable_selector']);
const SIGNATURES = new Set([
  'method_signature',
  'function_signature',
  'getter_signature',
  'setter_signature',
]);
const NAMED = new Set(['identifier', 'type_identifier', 'identifier_dollar_escaped', 'this', 'super']);

/** The whole tree behind a node of the grammar's, which may be forgotten afterwards. */
export function readTree(root: Node): DartNode {
  const tree = convert(root);
  tie(tree);
  return tree;
}

function tie(node: DartNode): void {
  for (const child of node.children) {
    child.parent = node;
    tie(child);
  }
}

function convert(node: Node): DartNode {
  const { type } = node;
  if (type === 'const_object_expression' || type === 'new_expression') return convertCreation(node);
  const fields: Record<string, DartNode> = {};
  const children = fold(partsOf(node), fields);
  const leaf = node.namedChildCount === 0 ? node.text : undefined;
  const name = nameOf(node, fields, leaf);
  return {
    ...{
      kind: type === 'function_expression' ? 'closure' : type,
      start: node.startIndex,
      end: node.endIndex,
    },
    ...{ children, parent: null, fields },
    ...(leaf !== undefined && { text: leaf }),
    ...(name !== undefined && { name }),
  };
}

function nameOf(node: Node, fields: Record<string, DartNode>, leaf: string | undefined): string | undefined {
  if (NAMED.has(node.type)) return leaf;
  const named = fields.name ?? null;
  if (named) return named.name;
  return node.type === 'initialized_identifier' || node.type === 'static_final_declaration'
    ? (node.namedChild(0)?.text ?? undefined)
    : undefined;
}

function partsOf(node: Node): Part[] {
  const parts: Part[] = [];
  for (let index = 0; index < node.childCount; index++) {
    const child = node.child(index);
    if (child?.isNamed) parts.push([node.fieldNameForChild(index), child]);
  }
  return parts;
}

/** Puts what stands side by side into each other. The field of a chain is that of its first part. */
function fold(parts: readonly Part[], fields: Record<string, DartNode>): DartNode[] {
  const children: DartNode[] = [];
  let fieldOfLast: string | null = null;
  const replaceLast = (node: DartNode) => {
    children[children.length - 1] = node;
    if (fieldOfLast) fields[fieldOfLast] = node;
  };
  for (const [field, part] of parts) {
    const last = children.at(-1);
    const longer = last && lengthen(last, part);
    if (longer) replaceLast(longer);
    else if (part.type === 'comment' || part.type === 'documentation_comment') continue;
    else {
      const child = convert(part);
      children.push(child);
      fieldOfLast = field;
      if (field && !fields[field]) fields[field] = child;
    }
  }
  return children;
}

/** What `part` makes of the node before it; null where it is something new. */
function lengthen(last: DartNode, part: Node): DartNode | null {
  const { type } = part;
  if (type === 'selector') {
    const inner = part.namedChild(0);
    return inner ? (lengthen(last, inner) ?? last) : { ...last, end: part.endIndex };
  }
  if (SELECTORS.has(type)) return select(last, part);
  if (type === 'argument_part') return call(last, part);
  if (type === 'cascade_section') return cascade(last, part);
  if (type === 'function_body' && SIGNATURES.has(last.kind)) return joinFunction(last, part);
  return null;
}

function select(target: DartNode, part: Node): DartNode {
  const inside = part.namedChild(0);
  if (inside?.type === 'identifier') return node('member', target, part, { name: inside.text });
  return node('index', target, part, {}, fold(partsOf(part), {}));
}

function call(target: DartNode, part: Node): DartNode {
  const list = part.namedChildren.find(child => child?.type === 'arguments');
  const args = list ? readArguments(list) : [];
  const values = args.map(({ value }) => value);
  return node('call', target, part, { args, types: readTypes(part) }, values);
}

function readTypes(part: Node): string[] {
  const list = part.namedChildren.find(child => child?.type === 'type_arguments');
  return (list?.namedChildren ?? []).flatMap(child =>
    child?.type === 'type_identifier' ? [child.text] : [],
  );
}

function readArguments(list: Node): DartArgument[] {
  return list.namedChildren.flatMap(item => {
    if (!item || !/argument$/.test(item.type)) return [];
    const label = item.namedChildren.find(child => child?.type === 'label');
    const [value] = fold(
      partsOf(item).filter(([, child]) => child.type !== 'label'),
      {},
    );
    return value ? [{ label: label?.namedChild(0)?.text ?? null, value }] : [];
  });
}

/** `a..b()..c = d`: each section is a chain of its own on the same `a`, for which a `stand` without children stands in. */
function cascade(last: DartNode, part: Node): DartNode {
  const target = last.kind === 'cascade' && last.target ? last.target : last;
  const stand: DartNode = { ...bareAt(target), kind: 'stand', target };
  let section: DartNode = stand;
  const rest: DartNode[] = [];
  for (const [, piece] of partsOf(part)) {
    const longer = piece.type === 'cascade_selector' ? select(stand, piece) : lengthen(section, piece);
    if (longer) section = longer;
    else rest.push(convert(piece));
  }
  const before = last.kind === 'cascade' ? last.children.slice(1) : [];
  return node('cascade', target, part, {}, [...before, section, ...rest]);
}

function joinFunction(signature: DartNode, part: Node): DartNode {
  const body = convert(part);
  const inner = signature.kind === 'method_signature' ? signature.children.at(-1) : signature;
  return {
    ...{ kind: 'function', start: signature.start, end: part.endIndex, parent: null },
    ...{ children: [signature, body], fields: { signature: inner ?? signature, body } },
    ...(inner?.name !== undefined && { name: inner.name }),
    // `async` is a word of the body, without a node of its own.
    text: /^\s*(async|sync)\b\*?/.exec(part.text)?.[0].trim() ?? '',
  };
}

/** `const A.b(c)` and `new A(c)` are calls like `A.b(c)`. */
function convertCreation(from: Node): DartNode {
  const [first, ...more] = partsOf(from).filter(([, { type }]) => !/builtin|type_arguments/.test(type));
  let made = first ? convert(first[1]) : bare(from);
  for (const [, part] of more) {
    if (part.type === 'identifier') made = node('member', made, part, { name: part.text });
    else if (part.type === 'arguments') {
      const args = readArguments(part);
      const values = args.map(({ value }) => value);
      made = node('call', made, part, { args }, values);
    }
  }
  return { ...made, start: from.startIndex };
}

function bare(from: Node): DartNode {
  return { ...bareAt({ start: from.startIndex, end: from.endIndex }), kind: from.type };
}

function bareAt({ start, end }: Pick<DartNode, 'start' | 'end'>): Omit<DartNode, 'kind'> {
  return { start, end, children: [], parent: null, fields: {} };
}

function node(
  kind: string,
  target: DartNode,
  end: Node,
  more: Partial<Draft>,
  others: readonly DartNode[] = [],
): DartNode {
  return {
    ...{ kind, start: target.start, end: end.endIndex, parent: null, fields: {}, target },
    children: [target, ...others],
    ...more,
  };
}
