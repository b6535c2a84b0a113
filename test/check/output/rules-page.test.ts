import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeRules } from '../../../src/check/output/rules-page.ts';
import type { Rule } from '../../../src/check/rule.ts';
import { ALL_RULES } from '../../../src/check/rules/all.ts';

const page = readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8');

const rule: Rule = {
  ...{ id: 'web/a-b', severity: 'info', platform: 'web', modes: ['session'] },
  ...{ title: 'a | b', why: 'It takes a <div> or `<p>`.', fix: 'call();\nwait();', check() {} },
  bad: { 'a.html': '<p>```</p>\n', 'Info.plist': '<plist/>' },
  good: 'b();\n',
};

describe('docs/rules.md', () => {
  it('is what the rules say now; if not: node scripts/rules-page.mjs', () => {
    expect(page).toBe(describeRules(ALL_RULES));
  });

  it('links each rule of its tables to a heading', () => {
    const headings = new Set([...page.matchAll(/^### (.+)$/gm)].map(([, id = '']) => id.replaceAll('/', '')));
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.length).toBe(ALL_RULES.length);
    expect(links.filter(anchor => !headings.has(anchor ?? ''))).toEqual([]);
  });

  it('escapes what Markdown would take for its own', () => {
    const text = describeRules([rule]);
    for (const part of [
      '| [`web/a-b`](#weba-b) | info | a \\| b |',
      'It takes a \\<div\\> or `<p>`.',
      '**Instead:**\n\n```ts\ncall();\nwait();\n```',
      '`a.html`\n\n````html\n<p>```</p>\n````',
      '`Info.plist`\n\n```xml\n<plist/>\n```',
      '```tsx\nb();\n```',
      'Only where people join by session id.',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('## Server');
  });
});
