import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAppProcess } from '../../src/cli/app-process.ts';
import type { PhaseLimits } from '../../src/smoke/phase-runner.ts';
import { planFor } from '../fixtures/pages/plan.ts';
import { type Backend, openBackend } from './broken-page.ts';

let backend: Backend;

beforeAll(async () => {
  backend = await openBackend();
});
afterAll(() => backend.close());

it('a page with nothing wrong passes', async () => {
  expect(await backend.run('')).toEqual({ exitCode: 0 });
});

/** The limit is short where nothing happens, and each reason is one that a person can act on. */
type Case = readonly [fault: string, exitCode: number, phase: string, words: RegExp, limits: PhaseLimits];

const WAYS_IN: readonly Case[] = [
  ['page-500', 15, 'page', /^(alice|bob)'s page http:\S+ answered 500$/, {}],
  ['script-throws', 15, 'page', /the page threw: no such setting/, { page: 2000 }],
  ['no-sdk', 16, 'join', /GET http:\S+calls-sdk\.js answered 404/, { join: 2000 }],
  [
    'no-join-button',
    15,
    'page',
    /shows no button to join that is known; name it with --join/,
    { page: 2000 },
  ],
  [
    'join-does-nothing',
    16,
    'join',
    /pressed "Join", but the page neither asked for a camera/,
    { join: 2000 },
  ],
  ['no-token', 16, 'join', /POST http:\S+\/token answered 403/, { join: 2000 }],
  ['bad-session', 16, 'join', /POST http:\S+\/call_tokens answered 400/, { join: 2000 }],
  ['no-container', 16, 'join', /pressed "Join".*the page threw: /, { join: 4000 }],
  ['no-shim', 16, 'join', /its socket wss:\/\/xmpp\.\S+ was closed with 1006/, { join: 4000 }],
  ['no-route', 16, 'join', /alice's ICE stayed '/, { join: 6000 }],
  ['devices-denied', 16, 'join', /the browser answered NotAllowedError/, { join: 4000 }],
];

const MEDIA: readonly Case[] = [
  [
    'camera-denied',
    17,
    'camera',
    /alice's camera never started: the browser answered a stream without a picture/,
    { camera: 1000 },
  ],
  ['no-camera', 17, 'camera', /alice's camera never started: the page did not ask for it/, { camera: 1000 }],
  ['camera-off', 17, 'camera', /alice's camera/, { camera: 1000 }],
  ['black', 18, 'media', /sees no colour where (alice|bob)'s moving picture should be/, { media: 3000 }],
  ['silent', 18, 'media', /gets audio, but does not hear (alice|bob)'s tone/, { media: 3000 }],
  ['microphone-off', 18, 'media', /gets audio, but does not hear (alice|bob)'s tone/, { media: 3000 }],
  [
    'one-direction',
    18,
    'media',
    /^alice sees no colour where bob's moving picture should be \(/,
    { media: 3000 },
  ],
  ['hides-others', 18, 'media', /decodes video, but no <video> shows it/, { media: 3000 }],
  ['invisible', 18, 'media', /decodes video, but no <video> shows it/, { media: 3000 }],
  ['plays-nothing', 18, 'media', /tone, but the page plays it to nobody: it is muted/, { media: 3000 }],
];

const WAYS_OUT: readonly Case[] = [
  [
    'leave-does-nothing',
    19,
    'leave',
    /alice left by the button, but the page gave back neither/,
    { leave: 2000 },
  ],
  ['keeps-camera', 20, 'cleanup', /alice left, but the page holds 0 open connections and 1 live tracks/, {}],
  ['keeps-connection', 20, 'cleanup', /alice left, but the page holds [12] open connections/, {}],
  [
    'misses-closing',
    19,
    'close',
    /^alice closed the tab, but bob's page went on showing alice/,
    { close: 3000 },
  ],
  ['no-rejoin', 16, 'rejoin', /alice/, { rejoin: 3000 }],
];

describe.each([
  ['on the way in', WAYS_IN],
  ['in the call', MEDIA],
  ['on the way out', WAYS_OUT],
])('a page broken %s', (_, cases) => {
  it.each(cases)('%s ends with %i, in %s', async (fault, exitCode, phase, words, limits) => {
    const failure = await backend.run(fault, { limits });
    expect(failure).toEqual({ exitCode, phase, words: expect.stringMatching(words) });
  });
});

it('a run that takes too long ends with 23, in the phase it was in', async () => {
  const failure = await backend.run('join-does-nothing', { deadlineMs: 3000 });
  expect(failure).toMatchObject({
    exitCode: 23,
    phase: 'join',
    words: expect.stringMatching(/pressed "Join".*3 s of the run/),
  });
});

it('a command that ends before its page answers ends with 11, in serve', async () => {
  const startApp = () =>
    startAppProcess({
      command: 'echo no port given; exit 3',
      cwd: undefined,
      env: process.env,
      variables: {},
    });
  const failure = await backend.run('', { page: planFor('http://localhost:9/', { startApp }) });
  const words = expect.stringMatching(
    /ended with exit code 3 before http:\/\/localhost:9 answered; .*no port given/,
  );
  expect(failure).toEqual({ exitCode: 11, phase: 'serve', words });
});
