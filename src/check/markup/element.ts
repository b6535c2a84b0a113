import type { ts } from '@ts-morph/common';

/** An attribute as the page gets it: `:style`, `[style]` and `style` are all `style`, `className` is `class`. */
export interface Attribute {
  /**
   * `ref` is what hands the element to code: React's and Vue's `ref`, Svelte's `bind:this`, Angular's `#name`. A single
   * style or class set by itself is `style:height` or `class:open`.
   */
  readonly name: string;
  /** Where it is plain text. */
  readonly text: string | null;
  /** Where it is code: its source. */
  readonly code: string | null;
  /** The code of JSX; that of templates is text alone. */
  readonly node: ts.Expression | null;
  readonly start: number;
  readonly end: number;
}

/** What must hold for an element to be on the page. */
export interface Condition {
  /** As written: `joined && !failed`. */
  readonly code: string;
  /** True where the element is shown if the condition does not hold: `v-else`, `: <div/>`, after an early return. */
  readonly negated: boolean;
  readonly node: ts.Expression | null;
  readonly start: number;
  readonly end: number;
}

export interface MarkupElement {
  readonly file: string;
  /** Lower-case for HTML's own; components as written. */
  readonly tag: string;
  /** Of the opening tag. */
  readonly start: number;
  readonly end: number;
  readonly attributes: readonly Attribute[];
  /** From the outermost to the innermost; they all hold. */
  readonly conditions: readonly Condition[];
  /** In JSX. */
  readonly node: ts.JsxOpeningLikeElement | null;
  readonly parent: MarkupElement | null;
}

/** An attribute by its name in HTML. */
export function attributeOf(element: MarkupElement, name: string): Attribute | null {
  return element.attributes.find(each => each.name === name) ?? null;
}
