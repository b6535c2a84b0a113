// What the join page says to whom it does not let in.
import { DESK, HOUR, inAbout, takeLast } from './place.mjs';

const SMALL = { ...DESK, viewport: { width: 900, height: 520 } };

export async function pictureDoors(place) {
  const early = await place.manage('/meetings', {
    strategy: 'stable',
    id: 'planning',
    title: 'Weekly planning',
    startsAt: inAbout(2 * HOUR),
  });
  await takeLast(await visitDoor(place, early.url), 'early');

  const review = await place.manage('/meetings', {
    strategy: 'stable',
    id: 'review',
    title: 'Design review',
  });
  await takeLast(await visitDoor(place, review.url.split('#')[0]), 'denied');
}

async function visitDoor(place, url) {
  const page = await place.visit(url, SMALL);
  await page.waitForSelector('body[data-state=denied]', { state: 'attached' });
  return page;
}
