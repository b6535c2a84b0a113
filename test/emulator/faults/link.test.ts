import { expect, it } from 'vitest';
import { type Links, OPEN_LINK } from '../../../src/emulator/faults/link.ts';

const links: Links = { up: OPEN_LINK, down: OPEN_LINK };

it('hands the same datagram on before it returns, also after it was closed for somebody else', () => {
  const datagram = Buffer.from('packet');
  const arrived: Buffer[] = [];
  links.up.close();
  links.up.pass(datagram, each => arrived.push(each));
  expect(arrived[0]).toBe(datagram);
});
