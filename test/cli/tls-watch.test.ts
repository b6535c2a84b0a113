import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDataFolder } from '../../src/cli/data-folder.ts';
import { watchTls } from '../../src/cli/tls-watch.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;

/** A watch over a machine and a clock that a test moves. */
async function start({ linkName = 'localhost', addresses = ['192.168.1.5'] } = {}) {
  const parent = mkdtempSync(join(tmpdir(), 'meet-watch-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const folder = openDataFolder(join(parent, '.meet'), undefined);
  const world = { now: NOON, name: 'box', addresses };
  const shown: string[] = [];
  const notes: string[] = [];
  const watch = await watchTls({
    folder,
    host: '*',
    linkName,
    env: {},
    now: () => world.now,
    machine: () => ({ name: world.name, addresses: world.addresses }),
    onRenewed: ({ cert }) => shown.push(new X509Certificate(cert).subjectAltName ?? ''),
    onNote: note => notes.push(note),
  });
  onTestFinished(() => watch.stop());
  return { watch, world, shown, notes, path: folder.path };
}

it('leaves alone what fits', async () => {
  const { watch, world, shown, notes } = await start();
  const { cert } = watch.current;
  world.now += 300 * DAY;
  await watch.look();
  expect(watch.current.cert).toBe(cert);
  expect([...shown, ...notes]).toEqual([]);
});

it('shows another certificate once its end is near', async () => {
  const { watch, world, shown } = await start();
  world.now += 370 * DAY;
  await watch.look();
  await watch.look();
  expect(shown).toHaveLength(1);
  expect(Date.parse(new X509Certificate(watch.current.cert).validTo)).toBeGreaterThan(world.now + 300 * DAY);
});

it('follows the machine into another network', async () => {
  const { watch, world, shown } = await start();
  expect(watch.names()).toEqual(['192.168.1.5', 'box', 'box.local']);
  world.addresses = ['10.9.8.7', 'fd00::7'];
  await watch.look();
  expect(shown).toEqual([expect.stringMatching(/IP Address:10\.9\.8\.7.*IP Address:FD00/)]);
  expect(watch.names()).toEqual(['10.9.8.7', 'fd00::7', 'box', 'box.local']);
});

it('says so when devices have to trust a renewed authority', async () => {
  const { watch, world, notes } = await start();
  world.now += (3 * 365 - 10) * DAY;
  await watch.look();
  expect(notes).toEqual([expect.stringMatching(/^The authority was renewed, since it ends on .*anew/)]);
});

it('keeps what it has when it cannot renew, says why once, and tries again', async () => {
  const { watch, world, shown, notes, path } = await start();
  world.addresses = ['10.9.8.7'];
  rmSync(join(path, 'tls-cert.pem'));
  mkdirSync(join(path, 'tls-cert.pem'));
  await watch.look();
  await watch.look();
  expect(notes).toEqual([expect.stringMatching(/^The certificate could not be renewed: .*check the rights/)]);
  expect(shown).toEqual([]);
  rmSync(join(path, 'tls-cert.pem'), { recursive: true });
  await watch.look();
  expect(shown).toHaveLength(1);
});

describe('links to an address of the machine', () => {
  const noteOf = (address: string, linkName = '192.168.1.5') =>
    `This machine is now at ${address}, and links lead to ${linkName}; start meet serve again for links that work there.`;

  it('are said to lead elsewhere once it has another, and once only', async () => {
    const { watch, world, notes } = await start({ linkName: '192.168.1.5' });
    await watch.look();
    world.addresses = [];
    await watch.look();
    expect(notes).toEqual([]);
    world.addresses = ['10.9.8.7'];
    await watch.look();
    await watch.look();
    expect(notes).toEqual([noteOf('10.9.8.7')]);
    world.addresses = ['10.1.1.1'];
    await watch.look();
    expect(notes.slice(1)).toEqual([noteOf('10.1.1.1')]);
  });

  it('are good again when it comes back, until it goes once more', async () => {
    const { watch, world, notes } = await start({ linkName: '192.168.1.5' });
    for (const addresses of [['10.9.8.7'], ['10.9.8.7', '192.168.1.5'], ['10.9.8.7']]) {
      world.addresses = addresses;
      await watch.look();
    }
    expect(notes).toEqual([noteOf('10.9.8.7'), noteOf('10.9.8.7')]);
  });

  it('are meant by IPv6 too', async () => {
    const { watch, world, notes } = await start({ linkName: '[fd00::5]', addresses: ['fd00::5'] });
    world.addresses = ['fd00::7'];
    await watch.look();
    expect(notes).toEqual([noteOf('fd00::7', '[fd00::5]')]);
  });

  it.each(['localhost', 'meet.example', '203.0.113.9'])('are not meant by %s', async linkName => {
    const { watch, world, notes } = await start({ linkName });
    world.addresses = ['10.9.8.7'];
    await watch.look();
    expect(notes).toEqual([]);
  });
});
