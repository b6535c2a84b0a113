import type { ContainerFact } from './facts.ts';

/** What the part in the page tells the lint, as it happens; `t` is milliseconds since the epoch. */
export type PageNews = { readonly t: number } & (
  | ({ readonly kind: 'container' } & Omit<ContainerFact, 't'>)
  /** The container that held the call is empty, or off the page. */
  | { readonly kind: 'gone' }
  /** The page closes a socket; its end may come later. */
  | { readonly kind: 'parting'; readonly url: string }
  | { readonly kind: 'said'; readonly words: string }
  | { readonly kind: 'insecure'; readonly url: string }
);

/** How SDK v4 begins to say that `generateToken` was given no auth token: of short words, which are not told otherwise. */
export const NO_AUTH_TOKEN = 'Argument authToken is missing';

export type PageNewsBody = PageNews extends infer N
  ? N extends { t: number }
    ? Omit<N, 't'>
    : never
  : never;
