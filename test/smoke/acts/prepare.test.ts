import { expect, it } from 'vitest';
import { staysLocal } from '../../../src/smoke/acts/prepare.ts';
import { planFor } from '../../fixtures/pages/plan.ts';

it.each([
  ['emulator', undefined, true],
  ['emulator', 'http://localhost:5173/{sessionId}', true],
  ['emulator', 'https://staging.example.com/{sessionId}', false],
  ['cloud', undefined, false],
  ['cloud', 'http://localhost:5173/{sessionId}', false],
] as const)(
  'with the %s and the page %s the browser reaches this machine only: %s',
  (backend, url, local) => {
    expect(staysLocal({ backend, page: url === undefined ? undefined : planFor(url) })).toBe(local);
  },
);
