import type { Rule } from '../rule.ts';
import { unknownMember } from './web/unknown-member.ts';

/** Every rule, in the order in which docs/rules.md has them. */
export const ALL_RULES: readonly Rule[] = [unknownMember];
