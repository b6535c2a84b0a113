import { createMeeting } from '../doors/meetings.ts';
import type { House } from '../scene.ts';
import type { Venue } from '../venue.ts';
import { createOwnPage } from './own-page.ts';

/** Our own server and page: the first session is the run's main meeting, each later one a meeting of its own. */
export function createOwnVenue(house: House): Venue {
  const { api, server, meetings } = house;
  let fresh = true;
  return {
    driver: createOwnPage(),
    house,
    async openSession() {
      const meeting = fresh
        ? meetings.main
        : await createMeeting(api, server.adminKey, { title: 'meet smoke' });
      fresh = false;
      return { id: meeting.sessionId, linkFor: () => meeting.url };
    },
  };
}
