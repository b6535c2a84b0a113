import type { ContainerFact } from './facts.ts';

/** What the part in the page tells the lint, as it happens; `t` is milliseconds since the epoch. */
export type PageNews = { readonly t: number } & (
  | ({ readonly kind: 'container' } & Omit<ContainerFact, 't'>)
  /** The container that held the call is empty, or off the page. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'said'; readonly words: string }
  | { readonly kind: 'insecure'; readonly url: string }
);

export type PageNewsBody = PageNews extends infer N
  ? N extends { t: number }
    ? Omit<N, 't'>
    : never
  : never;
