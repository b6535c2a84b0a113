import { describe, expect, it } from 'vitest';
import { LEAVE_BUTTON } from '../../src/smoke/pages/own-page.ts';
import {
  browserKilled,
  leaveButton,
  rendererKilled,
  tabClosed,
} from '../../src/smoke/scenarios/departures.ts';
import { hostEndsForAll } from '../../src/smoke/scenarios/host-ends-for-all.ts';
import { networkLost } from '../../src/smoke/scenarios/network-lost.ts';
import { cameraOffSeen, muteSeen } from '../../src/smoke/scenarios/own-media.ts';
import { rejoin } from '../../src/smoke/scenarios/rejoin.ts';
import type { Scenario } from '../../src/smoke/scenarios/scenario.ts';
import { screenShare } from '../../src/smoke/scenarios/screen-share.ts';
import { playAlone } from './scene-run.ts';

/** The page hears of leavers so late, in milliseconds; never without. */
const hearsOfLeavers = (ms?: number) => `
  const Listener = CometChatCalls.OngoingCallListener;
  CometChatCalls.OngoingCallListener = class extends Listener {
    constructor(handlers) {
      super({ ...handlers, onUserLeft(user) { ${ms === undefined ? '' : `setTimeout(() => handlers.onUserLeft(user), ${ms});`} } });
    }
  };`;

/** A button that does nothing from its nth click on. */
const deadButton = (selector: string, from = 1) => `
  let clicks = 0;
  window.addEventListener('click', event => {
    if (event.target.closest?.('${selector}') && ++clicks >= ${from}) event.stopImmediatePropagation();
  }, true);`;

/** Adds a style to the page. */
const style = (rule: string) =>
  `document.head.append(Object.assign(document.createElement('style'), { textContent: '${rule}' }));`;

/** A button that is there for one click. */
const onceOnly = (selector: string) => `
  window.addEventListener('click', event => {
    if (event.target.closest?.('${selector}')) ${style(`${selector} { display: none !important; }`)}
  }, true);`;

/** A page that is busy for ever from such a click on. */
const hangOn = (selector: string) => `
  window.addEventListener('click', event => {
    if (event.target.closest?.(${JSON.stringify(selector)})) for (;;);
  }, true);`;

/** Nobody but the page itself knows of the camera's copy. */
const HOARD = `
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async wish => {
    const stream = await ask(wish);
    window.hoard = [...(window.hoard ?? []), stream.clone()];
    return stream;
  };`;

const JOINS_ONCE = `
  const start = CometChatCalls.startSession;
  let joins = 0;
  CometChatCalls.startSession = async (token, settings, element) => {
    if (++joins === 1) return start.call(CometChatCalls, token, settings, element);
    settings.getCallListener().onError({ code: 'ONCE', message: 'no' });
  };`;

const LEAVES_WHEN_OFFLINE = "window.addEventListener('offline', () => CometChatCalls.endSession());";

const FIGURES: readonly (readonly [Scenario, ...string[]])[] = [
  [leaveButton, 'goneMs'],
  [tabClosed, 'goneMs'],
  [rendererKilled, 'goneMs'],
  [browserKilled, 'goneMs'],
  [rejoin, 'firstMs', 'secondMs'],
  [muteSeen, 'offMs', 'onMs'],
  [cameraOffSeen, 'offMs', 'onMs'],
  [screenShare, 'shownMs', 'hiddenMs'],
  [hostEndsForAll, 'hostMs', 'otherMs'],
  [networkLost, 'stillMs', 'backMs', 'leaveMs'],
];

describe('a whole page holds in', () => {
  for (const [scenario, ...figures] of FIGURES)
    it(scenario.name, async () => {
      const verdict = await playAlone(scenario);
      expect(verdict).toMatchObject({ ok: true, detail: expect.stringMatching(/alice/) });
      expect(verdict.skipped).toBeUndefined();
      expect(Object.keys(verdict.figures)).toEqual(figures);
    }, 60_000);
});

const LATE = /alice .*; bob saw it only after \d+ ms, 1000 are allowed/;

describe('a broken page is told from a whole one:', () => {
  it.each<[string, Scenario, string, RegExp]>([
    [
      'nobody is told of who leaves',
      leaveButton,
      hearsOfLeavers(),
      /^alice left by the button; bob's page shows her no more, but was never told \(waited 10 s\)$/,
    ],
    ['who leaves is told of late', tabClosed, hearsOfLeavers(1500), LATE],
    ['a crash is told of late', rendererKilled, hearsOfLeavers(1500), LATE],
    [
      'a killed browser is told of late',
      browserKilled,
      hearsOfLeavers(8000),
      /^alice had her browser killed; bob saw it only after 1[789]\d\d\d ms, 16000 are allowed$/,
    ],
    ['the page joins once only', rejoin, JOINS_ONCE, /^alice's page failed at join: ONCE$/],
    [
      'the microphone’s button is dead',
      muteSeen,
      deadButton('#audioButton'),
      /^alice muted herself, but bob still hears her \(waited 7 s\)$/,
    ],
    [
      'the microphone stays off',
      muteSeen,
      deadButton('#audioButton', 2),
      /^alice unmuted herself, but bob does not hear her \(waited 10 s\)$/,
    ],
    [
      'the microphone’s button lies under something',
      muteSeen,
      style('#audioButton { pointer-events: none !important; }'),
      /^the button for alice's microphone took no click \(waited 5 s\)$/,
    ],
    [
      'the microphone’s button goes when it is pressed',
      muteSeen,
      onceOnly('#audioButton'),
      /^alice muted herself, and the button was gone$/,
    ],
    [
      'the camera’s button is dead',
      cameraOffSeen,
      deadButton('#videoButton'),
      /^alice switched her camera off, but bob still sees her move \(waited 7 s\)$/,
    ],
    [
      'the camera stays off',
      cameraOffSeen,
      deadButton('#videoButton', 2),
      /^alice switched her camera on, but bob does not see her move \(waited 10 s\)$/,
    ],
    [
      'the screen’s button is dead',
      screenShare,
      deadButton('#screenShareButton'),
      /^alice shared her screen, but bob never saw it \(waited 10 s\)$/,
    ],
    [
      'the screen stays shared',
      screenShare,
      deadButton('#screenShareButton', 2),
      /^alice stopped sharing her screen, but bob still sees it \(waited 8 s\)$/,
    ],
    [
      'the screen’s button goes when it is pressed',
      screenShare,
      onceOnly('#screenShareButton'),
      /^alice shares her screen, and there is no button to stop it$/,
    ],
    [
      'a page keeps the camera',
      hostEndsForAll,
      HOARD,
      /^alice ended the call for all, but alice's page holds 0 open connections and \d live tracks; bob's page holds 0 .* \(waited 5 s\)$/,
    ],
    [
      'a page gives up when it is offline',
      networkLost,
      LEAVES_WHEN_OFFLINE,
      /^7 s after alice's network had gone, it was back, but, .*bob does not see and hear alice.* \(waited 15 s\)$/,
    ],
  ])(
    '%s',
    async (_, scenario, afterSdk, words) => {
      const { ok, detail } = await playAlone(scenario, afterSdk);
      expect({ ok, detail }).toEqual({ ok: false, detail: expect.stringMatching(words) });
    },
    60_000,
  );
});

const SILENT = (limitS: number) => `alice's page does not answer any more (waited ${limitS} s)`;

describe('a page that hangs is not waited for:', () => {
  it.each<[string, Scenario, string, string]>([
    ['when it is left', leaveButton, hangOn(LEAVE_BUTTON), SILENT(7)],
    ['when it is muted', muteSeen, hangOn('#audioButton'), SILENT(5)],
    ['when it ends the call', hostEndsForAll, 'CometChatCalls.endSession = () => { for (;;); };', SILENT(5)],
  ])(
    '%s',
    async (_, scenario, afterSdk, words) => {
      const start = performance.now();
      const { ok, detail } = await playAlone(scenario, afterSdk);
      expect({ ok, detail }).toEqual({ ok: false, detail: words });
      expect(performance.now() - start).toBeLessThan(40_000);
    },
    60_000,
  );
});

it('leaves out what the page has no button for', async () => {
  const hide = style('#screenShareButton { display: none !important; }');
  expect(await playAlone(screenShare, hide)).toMatchObject({
    ok: true,
    skipped: true,
    detail: "alice's page shows no button for the screen",
  });
});
