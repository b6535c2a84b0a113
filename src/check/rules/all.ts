import type { Rule } from '../rule.ts';
import { FLUTTER_RULES } from './flutter/flutter-rules.ts';
import { unknownMember } from './web/unknown-member.ts';

/** Every rule, in the order in which docs/rules.md has them. */
export const ALL_RULES: readonly Rule[] = [unknownMember, ...FLUTTER_RULES];
