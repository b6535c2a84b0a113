import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SCENARIOS } from '../../../src/smoke/scenarios/all.ts';
import type { Scenario, Stage } from '../../../src/smoke/scenarios/scenario.ts';

const page = readFileSync(new URL('../../../docs/scenarios.md', import.meta.url), 'utf8');

/** The rows of one section's table: a scenario's name, and the seconds it has. */
function rowsBelow(title: string): [name: string, seconds: number][] {
  const [, section = ''] = page.split(`\n## ${title}\n`);
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| `([a-z-]+)` \|.*\| (\d+) s \|$/gm)].map(([, name = '', s]) => [
    name,
    Number(s),
  ]);
}

const house = { server: { moveClock() {} } };
const placeOf = (backend: string, venue: object) =>
  ({ scene: { options: { backend } }, venue }) as unknown as Pick<Stage, 'scene' | 'venue'>;

const YOUR_PAGE = placeOf('emulator', { house: null });
const OUR_PAGE = placeOf('emulator', { house });
const CLOUD = placeOf('cloud', { house });

function sectionOf({ unfit }: Scenario): string {
  if (unfit(YOUR_PAGE) === null) return 'For every page';
  return unfit(CLOUD) === null ? "For `meet`'s own server" : 'For the emulator';
}

it.each(['For every page', "For `meet`'s own server", 'For the emulator'])(
  'docs/scenarios.md names the scenarios and their limits: %s',
  title => {
    const there = SCENARIOS.filter(scenario => sectionOf(scenario) === title);
    expect(rowsBelow(title).sort()).toEqual(there.map(({ name, limitMs }) => [name, limitMs / 1000]).sort());
  },
);

it('none is left out where there is all it needs', () => {
  for (const { name, unfit } of SCENARIOS)
    expect({ name, unfit: unfit(OUR_PAGE) }).toEqual({ name, unfit: null });
});
