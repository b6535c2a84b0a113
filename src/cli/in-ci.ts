import type { Environment } from './context.ts';

/** Whether nobody sits here: every CI sets `CI`, and people switch that off with `false` or `0`. */
export function isInCi({ CI }: Environment): boolean {
  return CI !== undefined && !['', '0', 'false'].includes(CI.toLowerCase());
}
