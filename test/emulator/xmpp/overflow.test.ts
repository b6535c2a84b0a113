import { expect, it } from 'vitest';
import { createRouter } from '../../../src/emulator/xmpp/router.ts';
import { createSeats } from '../../../src/emulator/xmpp/seats.ts';
import type { Wire } from '../../../src/emulator/xmpp/session.ts';
import { el, resultOf } from '../../../src/emulator/xmpp/stanza.ts';
import { claimsOf, DOMAIN, openSessions, ROOM, xml } from './support.ts';

it.each([1_998, 1_999, 2_000])(
  'who overflows while entering, after %i unread stanzas, does not stay',
  async unread => {
    const told: string[] = [];
    const router = createRouter({
      seats: createSeats(() => 0),
      now: () => 0,
      maxOccupants: 9,
      focus: {
        joined: () => told.push('joined'),
        left: () => told.push('left'),
        request: (_room, _by, iq) => resultOf(iq),
      },
    });
    const sessions = openSessions(router.onEnd);
    const wire: Wire = { base: '', send() {}, fail() {}, drop() {} };
    const session = sessions.open(claimsOf('alice'), DOMAIN, wire);
    sessions.enable(session);
    for (let i = 0; i < unread; i += 1) session.client.send(el('message'));
    router.onStanza(session.client, xml(`<presence to="${ROOM}/alice"/>`));
    await Promise.resolve();
    expect([told, router.counts()]).toEqual([['joined', 'left'], { rooms: 0, occupants: 0 }]);
  },
);
