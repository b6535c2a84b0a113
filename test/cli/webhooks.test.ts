import { expect, it } from 'vitest';
import { describeDelivery } from '../../src/cli/webhooks.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const delivery = {
  id: 'e1',
  type: 'meeting.created',
  sessionId: 'room-42',
  host: 'app.example.com',
  createdAt: '2026-11-20T11:00:00Z',
  reason: 'answered 410',
};

it.each([
  ['given up', 3, null, ['3×', 'given up', 'answered 410']],
  ['tried again later', 3, '2026-11-20T13:00:00Z', ['3×', 'in 60 min', 'answered 410']],
  ['taken up again', 0, '2026-11-20T12:00:00Z', ['anew', 'now', 'before: answered 410']],
])('one that is %s says so', (_, attempts, nextAttempt, expected) => {
  const row = describeDelivery({ ...delivery, attempts, nextAttempt }, NOW, (_style, text) => text);
  expect([row.TRIED?.text, row.AGAIN?.text, row.WHY?.text]).toEqual(expected);
});
