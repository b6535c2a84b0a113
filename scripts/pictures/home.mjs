// The home page: to anybody, and to its admin, who has meetings of several kinds.
import { DESK, HOUR, inAbout, PHONE, take, takeLast } from './place.mjs';

const TALL = { ...DESK, viewport: { width: 1100, height: 800 } };
const MEETINGS = [
  { strategy: 'team', id: 'web', title: 'Web team' },
  { strategy: 'stable', id: 'demo', title: 'Product demo', broadcast: true, public: true },
  { strategy: 'appointment', id: '4711', title: 'Interview', allow: ['alice', 'bob'] },
  {
    strategy: 'stable',
    id: 'advice',
    title: 'Advice hour',
    hours: 'Mon-Fri 14:00-16:00',
    zone: 'Europe/Berlin',
  },
];

export async function pictureHome(place) {
  const url = await place.serve();
  await takeLast(await place.visit(url, { ...DESK, viewport: { width: 1100, height: 900 } }), 'home');

  const startsAt = inAbout(26 * HOUR);
  for (const meeting of [...MEETINGS, { title: 'Retro', startsAt }]) await place.manage('/meetings', meeting);
  const over = await place.manage('/meetings', { strategy: 'stable', id: 'kickoff', title: 'Kick-off' });
  await place.manage(`/meetings/${over.sessionId}/end`);

  const desk = await enterHome(place, url, TALL);
  await take(desk, 'home-admin');
  await desk
    .getByRole('listitem')
    .filter({ hasText: 'Web team' })
    .getByRole('button', { name: 'QR code' })
    .click();
  await desk.waitForSelector('dialog[open] svg');
  await takeLast(desk, 'home-qr');
  await takeLast(await enterHome(place, url, PHONE), 'home-phone');
}

/** As admin, by a one-time link. */
async function enterHome(place, url, options) {
  const { code } = await place.manage('/admin/code');
  const page = await place.visit(`${url}/#admin=${code}`, options);
  await page.waitForSelector('.meetings > li');
  return page;
}
