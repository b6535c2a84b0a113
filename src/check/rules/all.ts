import type { Rule } from '../rule.ts';
import { FLUTTER_RULES } from './flutter/flutter-rules.ts';
import { containerSizing } from './web/container-sizing.ts';
import { joinResultUnchecked } from './web/join-result-unchecked.ts';
import { tokenLogged } from './web/token-logged.ts';
import { unknownMember } from './web/unknown-member.ts';

/** Every rule, in the order in which docs/rules.md has them. */
export const ALL_RULES: readonly Rule[] = [
  joinResultUnchecked,
  tokenLogged,
  containerSizing,
  unknownMember,
  ...FLUTTER_RULES,
];
