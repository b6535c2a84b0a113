import { ts } from '@ts-morph/common';
import { accessedName, calleeName, isAccess, strip } from './nodes.ts';

/** A value that a call gives back, or (`called`) a function whose result it gives back. */
export interface Passed {
  readonly value: ts.Expression;
  readonly path: readonly string[];
  readonly called?: boolean;
}

type Call = ts.CallExpression | ts.NewExpression;
type Path = readonly string[];

/** Boxes of one value, by the property that holds it. */
const BOXES: Readonly<Record<string, string>> = {
  useRef: 'current',
  createRef: 'current',
  ref: 'value',
  shallowRef: 'value',
  customRef: 'value',
  toRef: 'value',
  signal: '()',
  writable: '()',
};

/** Functions that give back what they are given. */
const IDENTITIES = new Set([
  ...[
    '$state',
    '$derived',
    'reactive',
    'shallowReactive',
    'readonly',
    'unref',
    'toRaw',
    'markRaw',
    'toRefs',
    'toValue',
  ],
  ...[
    'freeze',
    'seal',
    'useCallback',
    'useEvent',
    'memo',
    'forwardRef',
    'observer',
    'defineComponent',
    'resolve',
  ],
  ...[
    'all',
    'race',
    'any',
    'firstValueFrom',
    'from',
    'of',
    'debounce',
    'throttle',
    'once',
    'useDebouncedCallback',
  ],
]);

/** Functions that give back what the function they are given gives back. */
const CALLERS: Readonly<Record<string, string | null>> = {
  useMemo: null,
  computed: 'value',
  createMemo: '()',
};

/** What a well-known call gives back; null where it is none. */
export function passThrough(node: Call, path: Path): Passed[] | null {
  const name = calleeName(node) ?? '';
  const [first] = node.arguments ?? [];
  const chained = promiseStep(node, name, path);
  if (chained) return chained;
  if (!first || ts.isNewExpression(node)) return null;
  if (Object.hasOwn(BOXES, name))
    return path[0] === BOXES[name] ? [{ value: first, path: path.slice(1) }] : null;
  if (PAIRS_FIRST.has(name)) return path[0] === '0' ? [{ value: first, path: path.slice(1) }] : null;
  if (IDENTITIES.has(name)) return [{ value: first, path }];
  if (Object.hasOwn(CALLERS, name)) {
    const inBox = CALLERS[name];
    return [{ value: first, path: path[0] === inBox ? path.slice(1) : path, called: true }];
  }
  if (name === 'bind') return receiver(node).map(value => ({ value, path }));
  return null;
}

const PAIRS_FIRST = new Set(['useState', 'createSignal']);

/** `.then(f)` gives what `f` does; `.catch(f)` what came before or what `f` gives; `.finally(f)` what came before. */
function promiseStep(node: Call, name: string, path: Path): Passed[] | null {
  if (name !== 'then' && name !== 'catch' && name !== 'finally') return null;
  const before = receiver(node).map(value => ({ value, path }));
  if (before.length === 0) return null;
  const handlers = (node.arguments ?? []).map(value => ({ value, path, called: true }));
  if (name === 'finally') return before;
  return name === 'catch' ? [...before, ...handlers] : handlers;
}

function receiver(node: Call): ts.Expression[] {
  const callee = strip(node.expression);
  return isAccess(callee) && accessedName(callee) !== null ? [callee.expression] : [];
}

/** The property in which a box of this kind holds its value. */
export function boxOf(name: string): string | null {
  return Object.hasOwn(BOXES, name) ? (BOXES[name] ?? null) : PAIRS_FIRST.has(name) ? '0' : null;
}

/** Whether a call of this name gives back its first argument. */
export function isIdentity(name: string): boolean {
  return IDENTITIES.has(name);
}

/** Whether what is asked for is what a box holds: `useRef().current`, `useState()[0]`. */
export function isBox(node: Call, [head]: Path): boolean {
  return head !== undefined && boxOf(calleeName(node) ?? '') === head;
}
