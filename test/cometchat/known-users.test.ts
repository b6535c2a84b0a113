import { expect, it } from 'vitest';
import { rememberUsers } from '../../src/cometchat/known-users.ts';

function open() {
  const told: string[] = [];
  let broken = false;
  const client = rememberUsers({
    async ensureUser({ uid, name }) {
      if (broken) throw new Error('down');
      told.push(`${uid} ${name}`);
    },
    createAuthToken: async uid => `auth of ${uid}`,
    createCallToken: async () => 'call',
  });
  return { client, told, breakIt: (state: boolean) => (broken = state) };
}

it('tells of a user once, and again under another name', async () => {
  const { client, told } = open();
  for (const name of ['Alice', 'Alice', 'Al', 'Alice']) await client.ensureUser({ uid: 'alice', name });
  expect(told).toEqual(['alice Alice', 'alice Al', 'alice Alice']);
  expect(await client.createAuthToken('alice')).toBe('auth of alice');
});

it('tells of a user again after a failure', async () => {
  const { client, told, breakIt } = open();
  breakIt(true);
  await expect(client.ensureUser({ uid: 'alice', name: 'Alice' })).rejects.toThrow('down');
  breakIt(false);
  await client.ensureUser({ uid: 'alice', name: 'Alice' });
  expect(told).toEqual(['alice Alice']);
});
