import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findSmokeConfig } from '../../src/cli/smoke-config.ts';
import { addSmokeFlags } from '../../src/cli/smoke-flags.ts';
import { checkLink, checkText } from '../../src/smoke/pages/fill-in.ts';

const page = await readFile(fileURLToPath(new URL('../../docs/any-page.md', import.meta.url)), 'utf8');
const { options } = addSmokeFlags(new Command());

const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);

describe('docs/any-page.md', () => {
  it('has each flag for a page of yours in its table, and no other', () => {
    const told = [...page.matchAll(/^\| `(--[\w-]+)` \|/gm)].map(([, flag]) => flag);
    const group = options.filter(({ helpGroupHeading }) => helpGroupHeading === 'Your own page:');
    expect(told.length).toBeGreaterThan(5);
    expect(told.toSorted()).toEqual(group.map(({ long }) => long).toSorted());
  });

  it('names no flag that there is not', () => {
    const known = options.map(({ long }) => long);
    const named = [...page.matchAll(/(?<![#\w-])--[a-z][\w-]*/g)].map(([flag]) => flag);
    expect(named.filter(flag => !known.includes(flag))).toEqual([]);
  });

  it('shows a command whose link can be filled in', () => {
    const links = blocks('sh').flatMap(block =>
      [...block.matchAll(/--url '([^']+)'/g)].map(([, url = '']) => url),
    );
    expect(links).toHaveLength(1);
    for (const link of links) expect(() => checkLink(link)).not.toThrow();
  });

  it.each(blocks('ts').map((text, index) => [index, text] as const))(
    'shows a file that is one: %i',
    async (_, text) => {
      const folder = await mkdtemp(join(tmpdir(), 'meet-doc-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      await writeFile(join(folder, 'meet.smoke.ts'), text);
      const { config } = (await findSmokeConfig(folder, undefined)) ?? {};
      expect(() => checkLink(config?.url ?? '')).not.toThrow();
      for (const words of Object.values(config?.fill ?? {})) expect(() => checkText(words)).not.toThrow();
    },
  );

  it('shows every field of the file', () => {
    const [, type = ''] = /interface SmokeConfig \{([\s\S]*)\}/.exec(documented) ?? [];
    const fields = [...type.matchAll(/^ {2}(\w+)\?:/gm)].map(([, field = '']) => field);
    expect(fields.length).toBeGreaterThan(10);
    const shown = blocks('ts').join('\n');
    expect(fields.filter(field => !new RegExp(`^  (async )?${field}[:(]`, 'm').test(shown))).toEqual([]);
  });
});

const documented = await readFile(
  fileURLToPath(new URL('../../docs/smoke-config.d.ts', import.meta.url)),
  'utf8',
);
