import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  certifiedNames,
  EVERYWHERE,
  isLoopback,
  nameOf,
  ownNames,
  thisMachine,
} from '../../src/cli/host-name.ts';
import { lanNameOf } from '../../src/cli/lan-address.ts';

const box = { name: 'box', addresses: ['192.168.1.5', 'fd00::5'] };
const LOOPBACK = ['localhost', 'xmpp.localhost', '*.localhost'];

describe('names', () => {
  it.each([
    ['localhost', ['localhost']],
    ['192.168.1.5', ['192.168.1.5']],
    [EVERYWHERE, ['192.168.1.5', 'fd00::5', 'box', 'box.local']],
    ['0.0.0.0', ['192.168.1.5', 'fd00::5', 'box', 'box.local']],
  ])('under which %s is reached', (host, names) => {
    expect(ownNames(host, box)).toEqual(names);
  });

  it.each([
    ['everywhere', EVERYWHERE, box, ['box', 'box.local'], box.addresses],
    ['at one of its addresses', '192.168.1.5', box, ['box', 'box.local'], box.addresses],
    [
      'at an address it does not know of',
      '10.0.0.9',
      box,
      ['box', 'box.local'],
      [...box.addresses, '10.0.0.9'],
    ],
    ['under a name of its own', 'Meet.Lab', box, ['box', 'box.local', 'meet.lab'], box.addresses],
    [
      'with a name in a domain',
      EVERYWHERE,
      { ...box, name: 'box.corp' },
      ['box.corp', 'box.local'],
      box.addresses,
    ],
    ['with a name that DNS cannot carry', EVERYWHERE, { ...box, name: 'my_box' }, [], box.addresses],
    ['with an address for a name', EVERYWHERE, { ...box, name: '10.0.0.1' }, [], box.addresses],
    ['called localhost', EVERYWHERE, { ...box, name: 'localhost' }, [], box.addresses],
    ['without a network', 'localhost', { name: 'box', addresses: [] }, ['box', 'box.local'], []],
  ])('certified for a machine %s', (_, host, machine, dns, ip) => {
    expect(certifiedNames(host, machine)).toEqual({
      dns: [...LOOPBACK, ...dns],
      ip: ['127.0.0.1', '::1', ...ip],
    });
  });

  it('of this machine are addresses that mean something to others', () => {
    const { addresses } = thisMachine();
    for (const address of addresses) {
      expect(isIP(address)).toBeGreaterThan(0);
      expect(isLoopback(address)).toBe(false);
      expect(address).not.toMatch(/^fe80:/i);
    }
  });
});

describe('the name in links', () => {
  it.each([
    ['192.168.1.5', '192.168.1.5'],
    ['fd00::5', '[fd00::5]'],
    ['box.local', 'box.local'],
    ['localhost', 'localhost'],
  ])('is what was asked for: %s', async (host, name) => {
    expect(nameOf(host)).toBe(name);
    if (host !== 'localhost') expect(await lanNameOf(host)).toBe(name);
  });

  it('is an address of this machine when it is served everywhere, localhost where there is none', async () => {
    const { addresses } = thisMachine();
    const wanted = addresses.length > 0 ? addresses.map(nameOf) : ['localhost'];
    expect(wanted).toContain(await lanNameOf(EVERYWHERE));
  });
});
