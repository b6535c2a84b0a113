import { afterEach, describe, expect, it, vi } from 'vitest';
import { type CreateForm, fieldOf, readForm } from '../../../web/home/create-request.ts';

const EMPTY: CreateForm = {
  title: '',
  strategy: 'uuid',
  id: '',
  prefix: '',
  bucket: 'day',
  zone: 'Europe/Berlin',
  access: 'link',
  allow: '',
  startsAt: '',
  expiry: 'default',
  expiresAt: '',
  hours: '',
  broadcast: false,
  reopen: false,
};

const form = (changes: Partial<CreateForm>): CreateForm => ({ ...EMPTY, ...changes });

describe('the form of a new meeting', () => {
  afterEach(() => void vi.unstubAllEnvs());

  it.each<[string, Partial<CreateForm>, object]>([
    ['nothing', {}, { strategy: 'uuid' }],
    ['a title', { title: '  Review ' }, { strategy: 'uuid', title: 'Review' }],
    [
      'a permanent room',
      { strategy: 'stable', id: ' 42 ', prefix: 'room' },
      { strategy: 'stable', id: '42', prefix: 'room' },
    ],
    ['a room without a prefix', { strategy: 'stable', id: '42' }, { strategy: 'stable', id: '42' }],
    ['a team', { strategy: 'team', id: 'core', prefix: 'left over' }, { strategy: 'team', id: 'core' }],
    [
      'a series',
      { strategy: 'time', prefix: 'retro', bucket: 'week', id: 'left over' },
      { strategy: 'time', prefix: 'retro', bucket: 'week', zone: 'Europe/Berlin' },
    ],
    [
      'office hours',
      { strategy: 'office-hours' },
      { strategy: 'office-hours', bucket: 'day', zone: 'Europe/Berlin' },
    ],
    [
      'a list, whatever separates it',
      { access: 'allow', allow: 'alice, bob;carol\tbob ' },
      { strategy: 'uuid', allow: ['alice', 'bob', 'carol'] },
    ],
    ['everybody', { access: 'public', allow: 'left over' }, { strategy: 'uuid', public: true }],
    ['a lifetime', { expiry: '1w', expiresAt: '2026-11-20T15:00' }, { strategy: 'uuid', expiresIn: '1w' }],
    [
      'hours, which have a zone',
      { hours: 'Mon-Fri 14:00-16:00' },
      { strategy: 'uuid', hours: 'Mon-Fri 14:00-16:00', zone: 'Europe/Berlin' },
    ],
    ['broadcast', { broadcast: true, reopen: true }, { strategy: 'uuid', broadcast: true, reopen: true }],
  ])('asks for %s', (_, changes, body) => {
    expect(readForm(form(changes))).toEqual(body);
  });

  it('reads times by the visitor’s clock, on both sides of summer time', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const read = (startsAt: string, expiresAt: string) =>
      readForm(form({ startsAt, expiry: 'until', expiresAt }));
    expect(read('2026-07-01T09:00', '2026-12-01T09:00')).toEqual({
      strategy: 'uuid',
      startsAt: '2026-07-01T07:00:00.000Z',
      expiresAt: '2026-12-01T08:00:00.000Z',
    });
  });

  it.each<[Partial<CreateForm>, object]>([
    [{ strategy: 'stable' }, { field: 'id' }],
    [{ strategy: 'team', id: '  ' }, { field: 'id' }],
    [{ strategy: 'time' }, { field: 'prefix' }],
    [{ strategy: 'office-hours', zone: ' ' }, { field: 'zone' }],
    [{ hours: 'Mon 9:00-10:00', zone: '' }, { field: 'zone' }],
    [{ access: 'allow', allow: ' , ' }, { field: 'allow' }],
    [
      { access: 'allow', allow: 'alice, Bob B' },
      { strategy: 'uuid', allow: ['alice', 'Bob', 'B'] },
    ],
    [
      { access: 'allow', allow: 'alice, b@b' },
      { field: 'allow', uid: 'b@b' },
    ],
    [{ startsAt: 'half' }, { field: 'startsAt' }],
    [{ expiry: 'until' }, { field: 'expiresAt' }],
  ])('of %j becomes %j', (changes, found) => {
    expect(readForm(form(changes))).toEqual(found);
  });

  it.each<[string, Partial<CreateForm>, string | null]>([
    ['ID_TAKEN', { strategy: 'team' }, 'id'],
    ['BAD_ID', { strategy: 'time' }, 'prefix'],
    ['BAD_ZONE', { strategy: 'time' }, 'zone'],
    ['BAD_TIME', { hours: 'Mon 9-10' }, 'hours'],
    ['BAD_TIME', { expiry: 'until' }, 'expiresAt'],
    ['BAD_TIME', {}, 'startsAt'],
    ['BAD_DURATION', {}, 'expiry'],
    ['MEETING_ENDED', {}, 'reopen'],
    ['STORE_FAILED', {}, null],
  ])('tells %s of %j at the field %s', (code, changes, field) => {
    expect(fieldOf(code, form(changes))).toBe(field);
  });
});
