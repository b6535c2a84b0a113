// `node scripts/rules-page.mjs`: writes docs/rules.md from the rules. A test fails where the page is behind them.
import { writeFileSync } from 'node:fs';
import { createJiti } from 'jiti';
import { root, say } from './run-command.mjs';

const load = createJiti(import.meta.url, { fsCache: false });
const { ALL_RULES } = await load.import(`${root}src/check/rules/all.ts`);
const { describeRules } = await load.import(`${root}src/check/output/rules-page.ts`);

writeFileSync(`${root}docs/rules.md`, describeRules(ALL_RULES));
say('docs/rules.md');
