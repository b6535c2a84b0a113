// The join page before the call, as several people find it.
import { PEOPLE } from './people.mjs';
import { drawPerson } from './person.mjs';
import { DESK, NIGHT_PHONE, takeLast } from './place.mjs';

/** What a browser says when somebody blocked the camera; the microphone is there. */
const blockCamera = `{
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async wish => {
    if (wish.video) throw new DOMException('', 'NotAllowedError');
    return original(wish);
  };
}`;

/** As on plain http: neither a share sheet nor a clipboard. */
const withoutSharing = `navigator.share = undefined;
Object.defineProperty(navigator, 'clipboard', { value: undefined });`;

export async function pictureLobby(place) {
  const { url } = await place.manage('/meetings', { strategy: 'team', id: 'web', title: 'Web team' });
  const [alice, bob] = PEOPLE;
  await takeLast(await enterLobby(place, url, bob, DESK), 'lobby');
  await takeLast(await enterLobby(place, url, alice, NIGHT_PHONE), 'lobby-phone');

  const tall = { ...DESK, viewport: { width: 1100, height: 700 } };
  const blocked = await place.visit(url, { ...tall, prepare: page => page.addInitScript(blockCamera) });
  await blocked.fill('#name', bob.name);
  await blocked.waitForSelector('#ask-again:not([hidden])');
  await blocked.waitForSelector('#here:not([hidden])');
  await takeLast(blocked, 'camera-blocked');

  const byHand = await enterLobby(place, url, bob, DESK, withoutSharing);
  await byHand.click('#lobby [data-share]');
  await byHand.waitForSelector('dialog[open]');
  await takeLast(byHand, 'share');
}

/** The lobby of somebody whose camera shows a (drawn) person. `script` runs before the page's own. */
export async function enterLobby(place, url, person, options, script = '') {
  const prepare = async page => {
    await page.addInitScript(drawPerson, person);
    await page.addInitScript(script);
  };
  const page = await place.visit(url, { ...options, prepare });
  await page.fill('#name', person.name);
  await page.waitForFunction("document.querySelector('#preview')?.currentTime > 0.5");
  await page.waitForSelector('#here:not([hidden])');
  return page;
}
