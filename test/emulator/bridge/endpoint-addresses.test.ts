import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAddresses, type EndpointAddresses } from '../../../src/emulator/bridge/endpoint-addresses.ts';
import { openUdpPort, type UdpPort } from '../../../src/emulator/bridge/udp-port.ts';

const IGNORE = { onCheck() {}, onPacket() {} };
const at = (port: number) => ({ address: '127.0.0.1', port });

let port: UdpPort;
let addresses: EndpointAddresses;

beforeEach(async () => {
  port = await openUdpPort('127.0.0.1');
  addresses = createAddresses(port, { ...IGNORE });
});

afterEach(() => port.close());

it('follows the last proven address until one is nominated, then nominations only', () => {
  addresses.prove(at(1), false);
  addresses.prove(at(2), false);
  expect(addresses.current).toEqual(at(2));
  addresses.prove(at(1), true);
  addresses.prove(at(2), false);
  expect(addresses.current).toEqual(at(1));
  addresses.prove(at(2), true);
  expect(addresses.current).toEqual(at(2));
});

it('knows eight addresses at most, and all of them for itself alone', () => {
  for (let number = 1; number <= 50; number++) addresses.prove(at(number), number === 1);
  expect(port.entries).toBe(8);
  const other = createAddresses(port, { ...IGNORE });
  other.prove(at(50), true);
  addresses.clear();
  expect(port.entries).toBe(1);
  expect(addresses.current).toBeNull();
  other.clear();
  expect(port.entries).toBe(0);
});

it('keeps the address in use however many others are checked', () => {
  for (let number = 1; number <= 50; number++) {
    addresses.prove(at(1000), true);
    addresses.prove(at(number), false);
  }
  expect(addresses.current).toEqual(at(1000));
});

it('keeps our own address that a remote one was nominated on, whatever others it checks', () => {
  addresses.prove({ ...at(1), via: '192.0.2.1' }, true);
  addresses.prove({ ...at(1), via: '127.0.0.1' }, false);
  expect(addresses.current).toEqual({ ...at(1), via: '192.0.2.1' });
});
