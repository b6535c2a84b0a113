import { describe, expect, it } from 'vitest';
import { parseNetworks, visitorNetwork } from '../../src/server/networks.ts';

describe('parseNetworks', () => {
  it.each([
    ['10.0.0.7', '10.0.0.7', true],
    ['10.0.0.7', '10.0.0.8', false],
    ['10.0.0.0/8', '10.255.1.2', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.0/8', '::ffff:10.0.0.1', true],
    ['::1', '::1', true],
    ['fd00::/8', 'fd12:3456::1', true],
    ['fd00::/8', 'fe80::1', false],
    ['10.0.0.0/8', 'unknown', false],
    ['10.0.0.0/8', '', false],
    ['127.0.0.1', '127.1', false],
  ])('%s has %s: %s', (network, address, expected) => {
    expect(parseNetworks([network], 'X')(address)).toBe(expected);
  });

  it.each([
    'nginx',
    '10.0.0',
    '10.0.0.0/33',
    '256.0.0.1',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.1/',
    '*',
    '012.0.0.1/x',
  ])('refuses %s, naming the setting', entry => {
    expect(() => parseNetworks([entry], 'MEET_TRUST_PROXY')).toThrow(
      expect.objectContaining({
        code: 'BAD_CONFIG',
        message: expect.stringContaining(`MEET_TRUST_PROXY has ${JSON.stringify(entry)}`),
      }),
    );
  });
});

describe('visitorNetwork', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:5555', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]:80', '2001:db8:1:2::/64'],
    ['evil', 'unknown'],
    [undefined, 'unknown'],
  ])('counts %s as %s', (address, network) => {
    expect(visitorNetwork(address)).toBe(network);
  });
});
