import { describe, expect, it } from 'vitest';
import { wantsDrawer } from '../../../web/drawer/wanted.ts';

describe('the drawer', () => {
  it.each([
    ['http://localhost:4680/meet/team', true],
    ['http://127.0.0.1:4680/meet/team', true],
    ['http://127.8.9.10/meet/team', true],
    ['http://[::1]:4680/meet/team', true],
    ['http://meet.localhost/meet/team', true],
    ['http://LOCALHOST/meet/team', true],
    ['http://localhost/meet/team?debug=off', false],
    ['http://localhost/meet/team?debug=OFF', false],
    ['http://localhost/meet/team?debug=0', false],
    ['http://localhost/meet/team?debug', true],
    ['https://meet.example.org/meet/team', false],
    ['https://meet.example.org/meet/team?debug', true],
    ['https://meet.example.org/meet/team?as=alice&debug=1', true],
    ['https://meet.example.org/meet/team?debug=off', false],
    ['https://localhost.example.org/meet/team', false],
    ['https://127.0.0.1.example.org/meet/team', false],
    ['http://192.168.1.4:4680/meet/team', false],
    ['https://meet.example.org/meet/debug#debug', false],
  ])('at %s is offered: %s', (url, expected) => {
    expect(wantsDrawer(new URL(url))).toBe(expected);
  });
});
