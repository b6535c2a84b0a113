import { describe, expect, it } from 'vitest';
import { readAdminKey, readDatabase, readDrain } from '../../../src/cli/env/database.ts';
import { codeOf } from '../../core/fixtures.ts';

describe('MEET_DATABASE_URL', () => {
  it('is told to people as host and name, however it names them', () => {
    const placeOf = (url: string) => readDatabase({ MEET_DATABASE_URL: url })?.place;
    expect(readDatabase({})).toBeUndefined();
    expect(placeOf('postgres://meet:secret@db.example.com:5433/meet?sslmode=require')).toBe(
      'db.example.com:5433/meet',
    );
    expect(placeOf('postgresql:///meet?host=/run/postgresql')).toBe('/run/postgresql/meet');
  });

  it.each([
    ['another kind', 'mysql://meet:secret@localhost/meet', undefined],
    ['no name', 'postgres://meet:secret@localhost', undefined],
    ['no URL', 'secret', undefined],
    ['a pool of none', 'postgres://meet:secret@localhost/meet', '0'],
    ['a pool of words', 'postgres://meet:secret@localhost/meet', 'many'],
  ])('of %s is refused without being shown', async (_, url, pool) => {
    const read = () => readDatabase({ MEET_DATABASE_URL: url, MEET_DATABASE_POOL: pool });
    expect(await codeOf(read)).toBe('BAD_CONFIG');
    expect(read).not.toThrow('secret');
  });
});

describe('MEET_ADMIN_KEY of a server', () => {
  it.each(['x'.repeat(31), `${'x'.repeat(32)} x`, `${'x'.repeat(32)}ü`])('is not %j', async key => {
    expect(await codeOf(() => readAdminKey({ MEET_ADMIN_KEY: key }))).toBe('BAD_CONFIG');
    expect(() => readAdminKey({ MEET_ADMIN_KEY: key })).not.toThrow(key);
  });

  it('has 32 characters or is none', () => {
    expect(readAdminKey({ MEET_ADMIN_KEY: 'x'.repeat(32) })).toBe('x'.repeat(32));
    expect(readAdminKey({ MEET_ADMIN_KEY: '' })).toBeUndefined();
  });
});

describe('MEET_DRAIN', () => {
  it.each([
    [undefined, undefined],
    ['0', 0],
    ['0s', 0],
    ['5s', 5_000],
    ['10m', 600_000],
  ])('%s is %s ms', (text, ms) => expect(readDrain({ MEET_DRAIN: text })).toBe(ms));

  it.each(['5', '-1s', '11m', 'soon'])('is not %s', async text => {
    expect(await codeOf(() => readDrain({ MEET_DRAIN: text }))).toBe('BAD_CONFIG');
  });
});
