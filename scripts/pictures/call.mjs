// Two people in a call, as Bob sees it, what its developers see of it, and the page after it.
import { enterLobby } from './lobby.mjs';
import { PEOPLE } from './people.mjs';
import { DESK, take, takeLast } from './place.mjs';

/** The SDK's own button. */
const LEAVE = '.cc-end-call-icon-container';
const seesSomebody = `[...document.querySelectorAll('video:not(.flipped-video)')].some(video => video.currentTime > 3)`;
/** Enough for a plot to be one. */
const MEASURED_S = 12;
const isPlotted = ({ panel, points }) =>
  [...panel.querySelectorAll('path')].some(path => path.getAttribute('d')?.split('L').length > points);

export async function pictureCall(place) {
  const { url } = await place.manage('/meetings', { strategy: 'team', id: 'web', title: 'Web team' });
  const [alice, bob] = await Promise.all(PEOPLE.map(person => enterLobby(place, url, person, DESK)));
  for (const page of [alice, bob]) await page.click('#join');
  await bob.waitForFunction(seesSomebody);
  await take(bob, 'call');

  await bob.click('#handle');
  await bob.click('#tab-network');
  // In the drawer's shadow tree, which `document` does not look into.
  const panel = await bob.locator('#network').elementHandle();
  await bob.waitForFunction(isPlotted, { panel, points: MEASURED_S });
  await take(bob, 'drawer-network');
  await bob.click('#tab-overview');
  await take(bob, 'drawer');
  await bob.keyboard.press('Escape');

  await alice.context().close();
  await bob.click(LEAVE);
  await bob.waitForSelector('body[data-state=left]', { state: 'attached' });
  await takeLast(bob, 'left');
}
