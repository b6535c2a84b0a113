import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from './run-meet.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = createSandbox();
  await sandbox.json(['create', '--strategy', 'team', '--id', 'web']);
  await sandbox.json(['create', '--strategy', 'stable', '--id', 'listed', '--allow', 'alice']);
  await sandbox.json(['create', '--strategy', 'stable', '--id', 'over']);
  await sandbox.json(['end', 'over']);
});

afterAll(() => sandbox.remove());

describe('wrong usage exits with 2 and one line on stderr', () => {
  it.concurrent.each<[string[], string]>([
    [
      ['create', '--strategy', 'stabel'],
      'Unknown strategy "stabel" (did you mean stable?); choose uuid, stable, team, appointment, office-hours, time.',
    ],
    [['create', '--strategy', 'stable'], 'Strategy stable needs an id, like --id 42.'],
    [['create', '--strategy', 'time'], 'Strategy time needs a prefix, like --prefix standup.'],
    [['create', '--strategy', 'stable', '--id', '!!'], 'The id "!!" has no letter'],
    [['create', '--strategy', 'stable', '--id', 'x'.repeat(101)], '100 is the most'],
    [['create', '--id', '42'], 'Strategy uuid takes no id'],
    [['create', '--strategy', 'office-hours', '--tz', 'Mars/Base'], '"Mars/Base" is not a time zone'],
    [['create', '--tz', 'Mars/Base'], '"Mars/Base" is not a time zone'],
    [['create', '--strategy', 'office-hours', '--bucket', 'year'], 'Unknown bucket "year"'],
    [['create', '--expires-in', '5'], '"5" is not a duration'],
    [['create', '--expires-in', '0h'], 'A duration of 0h is over at once'],
    [['create', '--expires-in', '11y'], 'ten years (10y) is the most'],
    [
      ['create', '--expires-at', '2020-01-01T00:00Z'],
      'The meeting would expire at 2020-01-01T00:00:00.000Z, but it is already',
    ],
    [
      ['create', '--starts-at', '2036-01-02T00:00', '--expires-at', '2036-01-01T00:00'],
      'but it starts at 2036-01-02T00:00:00.000Z',
    ],
    [['create', '--starts-at', 'tomorrow'], '"tomorrow" is not a time'],
    [['create', '--expires-in', '1h', '--expires-at', '2036-01-01T00:00Z'], 'Two expiries were given'],
    [['create', '--public', '--allow', 'alice'], 'either public or for listed people'],
    [['create', '--allow', ''], '"" is not a uid'],
    [['create', '--title', ''], 'A title is 1 to 200 characters'],
    [['create', '--json', '--title', ''], 'A title is 1 to 200 characters'],
    [['create', '--stratgy', 'team'], "unknown option '--stratgy' (Did you mean --strategy?)"],
    [['create', '--nonsense'], "unknown option '--nonsense'; see meet create --help"],
    [['create', 'extra'], "too many arguments for 'create'"],
    [['crate'], "unknown command 'crate' (Did you mean create?)"],
    [['nonsense'], "unknown command 'nonsense'; see meet --help"],
    [['--nonsense'], "unknown option '--nonsense'; see meet --help"],
    [['help', 'nonsense'], "unknown command 'nonsense'; see meet --help"],
    [['show'], "missing required argument 'id'; see meet show --help"],
    [['show', 'Not An Id'], '"Not An Id" is neither a session id'],
    [['extend', 'team-web'], "required option '--by <duration>' not specified; see meet extend --help"],
    [['extend', 'team-web', '--by', 'soon'], '"soon" is not a duration'],
    [['invite', 'team-web'], "required option '--as <uids>' not specified"],
    [['invite', 'team-web', '--as', 'a b'], '"a b" is not a uid'],
    [['serve', '--port', 'abc'], '--port is "abc"; give a whole number from 0 to 65535.'],
    [['smoke', '--repeat', '0'], '--repeat is "0"; give a whole number from 1 to 10000.'],
    [['smoke', '--only', 'earthquake'], '--only: no scenario is called "earthquake"; there are '],
    [['smoke', '--all', '--only', 'mute'], '--all plays every scenario, --only some; leave one of them out.'],
    [['smoke', '--deadline', '90'], '"90" is not a duration; write a number and a unit'],
    [['smoke', '--keep', '--repeat', '2'], '--keep is for a look at one run; leave out --repeat.'],
  ])('meet %j', async (args, message) => {
    const { code, stdout, stderr } = await sandbox.meet(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
  });
});

describe('failure exits with 1 and one line on stderr', () => {
  it.concurrent.each<[string[], string]>([
    [
      ['create', '--strategy', 'stable', '--prefix', 'team', '--id', 'web'],
      'The id team-web belongs to the meeting made with --strategy team --id web',
    ],
    [['create', '--strategy', 'stable', '--id', 'over'], 'was ended at'],
    [['show', 'unknown'], 'There is no meeting unknown; see those there are with: meet list'],
    [['show', 'unknown', '--json'], 'There is no meeting unknown'],
    [['extend', 'unknown', '--by', '1h'], 'There is no meeting unknown'],
    [['extend', 'over', '--by', '1h'], 'was ended at'],
    [['end', 'unknown'], 'There is no meeting unknown'],
    [['invite', 'unknown', '--as', 'alice'], 'There is no meeting unknown'],
    [['invite', 'over', '--as', 'alice'], 'was ended'],
    [
      ['invite', 'listed', '--as', 'bob'],
      'bob is not on the list of listed; create it again with --allow alice,bob first.',
    ],
    [['open', 'unknown'], 'There is no meeting unknown'],
  ])('meet %j', async (args, message) => {
    const { code, stdout, stderr } = await sandbox.meet(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
  });

  it('when the store is damaged, with its path and the fix', async () => {
    const file = join(sandbox.path, 'broken.db');
    writeFileSync(file, 'x');
    const { code, stdout, stderr } = await sandbox.meet(['list'], { MEET_DATA_DIR: file });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: [^\n]*broken\.db[^\n]*MEET_DATA_DIR\.\n$/);
  });
});

describe('a bug', () => {
  it('exits with 1, a stack and a request to report it', async () => {
    // A table of this name makes our first migration fail: nothing that a user could cause.
    const other = createSandbox();
    await other.json(['list']);
    const database = new Database(join(other.path, '.meet/meet.db'));
    database.exec('pragma user_version = 0');
    database.close();
    const { code, stdout, stderr } = await other.meet(['list']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('table meetings already exists');
    expect(stderr).toMatch(/\n {4}at .*meeting-commands\.js/);
    expect(stderr).toMatch(
      /This is a bug in meet \S+\. Please report it, with the lines above and what you did\.\n$/,
    );
    other.remove();
  });
});
