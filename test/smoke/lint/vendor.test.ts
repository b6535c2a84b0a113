import { describe, expect, it } from 'vitest';
import { isFile, isOwn, isVendors, socketToken } from '../../../src/smoke/lint/vendor.ts';

describe('isVendors', () => {
  it.each([
    ['https://1234.call-eu.cometchat.io/v3.0/call_tokens', true],
    ['https://www.cometchat.com/', true],
    ['http://localhost:4680/cometchat/v3/users/alice/auth_tokens', true],
    ['http://localhost:4680/cometchat/v3.0/me', true],
    ['wss://localhost:4681/xmpp-websocket?token=t', true],
    ['wss://localhost:4681/colibri-ws/1/2', true],
    ['http://localhost:4680/calls/ping', true],
    ['https://cometchat.io.example.com/', false],
    ['https://mycometchat.io/', false],
    ['https://app.example.com/v3/members', false],
    ['https://app.example.com/api/users/alice', false],
    ['https://app.example.com/v3.0/me/too', false],
  ])('%s: %s', (url, expected) => {
    expect(isVendors(url)).toBe(expected);
  });
});

describe('isOwn', () => {
  it.each([
    ['https://app.example.com/a', 'https://app.example.com', true],
    ['http://app.example.com:81/', 'https://app.example.com', true],
    ['https://api.example.com/', 'https://app.example.com', true],
    ['https://example.com/', 'https://app.example.com', true],
    ['http://127.0.0.1:3000/', 'http://localhost:5173', true],
    ['http://[::1]:3000/', 'http://localhost:5173', true],
    ['https://example.org/', 'https://app.example.com', false],
    ['https://notexample.com/', 'https://example.com', false],
    ['http://10.0.0.2/', 'http://10.0.0.3', false],
    ['http://stats.localhost/', 'http://localhost', false],
    ['http://intranet/', 'http://wiki', false],
    ['https://app.example.com/', 'null', false],
  ])('%s for a page of %s: %s', (url, origin, expected) => {
    expect(isOwn(url, origin)).toBe(expected);
  });
});

describe('isFile', () => {
  it.each([
    ['https://app.example.com/a/main.js?v=1', true],
    ['https://app.example.com/rooms.JSON', true],
    ['https://app.example.com/rooms/1', false],
    ['https://app.example.com/rooms/v1.2', false],
    ['https://app.example.com/?file=a.js', false],
  ])('%s: %s', (url, expected) => {
    expect(isFile(url)).toBe(expected);
  });
});

describe('socketToken', () => {
  it.each([
    ['wss://xmpp.eu.cometchat.io/xmpp-websocket?token=a%2Fb&x=1', 'a/b'],
    ['wss://xmpp.eu.cometchat.io/xmpp-websocket', null],
    ['wss://app.example.com/socket?token=t', null],
  ])('%s: %s', (url, expected) => {
    expect(socketToken(url)).toBe(expected);
  });
});
