import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/store/migrations.ts';

/** SHA-256 of what is out there, by schema version from 1. A new migration adds its line here when it is released. */
const RELEASED = [
  '1a2bf54ef6fbdabfbb8c62b38e6ce3c9e4e58c6356a686121957955b9fbbcf35',
  '3fccbace9a5143b856f53fda46f3c6a72ddec0dd5e22348855ba0cfff4d5719a',
  '57b1962184e1d7edc084023e2282c804809b9762204bf9b0323bef86d77e96a1',
  'ea7c6b6ee767c7a82a722586050f817a3a648020b58771b30ae91e13d3f04932',
  'e461834daa8b57444126a25933abe3f304f3cee501ac196d8c2a96e2269c7353',
  '481610bb543132587b4a55fb6d4696a635012358ec76721680e9f72dee5a3061',
  'a34ec5273cb0d58d960abb92e45dfdcae0b0cd359bae0d8d79c68c6e98b1b8b2',
  '66cbe356d2b6df4ddb7c229407402943c9c63fca9767feaf7367a24826ae77ef',
  'fc2b4efeb8c4952649ab0411bc75119e0f000818c0004bd30ef5be7ea8d51ba7',
  '960563d383aac3e3fc82cedfee94ba3a712c8079404853642712c4799a742479',
  '63c5dac736fa0260e467d2fa5e5bb1df69a644daeddb3ded8247512a168203ff',
  'd106be0d317438ae97c49e39aa7a160423d92db512dbadd72ab52acc8ecc0aaa',
  'b9524f00497808f4c9de5a24fdd8cb229012db346d4f5418659183960847b950',
];

describe('a migration that is released', () => {
  it.each(RELEASED.map((hash, index) => [index + 1, hash] as const))(
    'is never edited, as databases have run it: version %d',
    (version, hash) => {
      const sql = MIGRATIONS[version - 1] ?? '';
      expect(createHash('sha256').update(sql).digest('hex')).toBe(hash);
    },
  );
});
