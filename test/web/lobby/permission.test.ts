import { describe, expect, it } from 'vitest';
import { adviseOn } from '../../../web/lobby/advice.ts';
import { browserOf, systemOf, troubleOf } from '../../../web/lobby/permission.ts';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15';

const agents = [
  ['Chrome on Windows', `${WINDOWS} ${CHROME}`, 0, 'chrome', 'windows'],
  ['Edge on a Mac', `${MAC} ${CHROME} Edg/140.0.0.0`, 0, 'chrome', 'mac'],
  ['Chrome on Linux', `Mozilla/5.0 (X11; Linux x86_64) ${CHROME}`, 0, 'chrome', 'other'],
  ['Chrome on Android', `Mozilla/5.0 (Linux; Android 10; K) ${CHROME}`, 5, 'android', 'android'],
  [
    'Firefox',
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    0,
    'firefox',
    'other',
  ],
  ['Safari', `${MAC} ${SAFARI}`, 0, 'safari', 'mac'],
  ['Safari on an iPad, which says that it is a Mac', `${MAC} ${SAFARI}`, 5, 'ios', 'ios'],
  ['Safari on an iPhone', `${IPHONE} ${SAFARI}`, 5, 'ios', 'ios'],
  [
    'Chrome on an iPhone',
    `${IPHONE} AppleWebKit/605.1.15 CriOS/140.0 Mobile/15E148 Safari/604.1`,
    5,
    'ios',
    'ios',
  ],
  ['something else', 'Lynx/2.9', 0, 'other', 'other'],
] as const;

it.each(agents)('tells %s', (_name, userAgent, maxTouchPoints, browser, system) => {
  const agent = { userAgent, maxTouchPoints };
  expect([browserOf(agent), systemOf(agent)]).toEqual([browser, system]);
});

it.each([
  ['NotAllowedError', 'Permission denied', true, 'blocked'],
  ['NotAllowedError', 'Permission dismissed', true, 'asked'],
  ['NotAllowedError', 'Permission denied by system', true, 'system'],
  ['NotAllowedError', 'Permission denied', false, 'policy'],
  ['SecurityError', '', true, 'blocked'],
  ['NotFoundError', '', true, 'missing'],
  ['OverconstrainedError', '', true, 'missing'],
  ['NotReadableError', 'Could not start video source', true, 'busy'],
  ['AbortError', '', true, 'busy'],
])('takes %s, "%s" (allowed: %s) for %s', (name, message, allowed, trouble) => {
  expect(troubleOf({ name, message }, allowed)).toBe(trouble);
});

describe('the advice', () => {
  const windows = { userAgent: `${WINDOWS} ${CHROME}`, maxTouchPoints: 0 };

  it.each([
    [{}, windows, /^$/],
    [
      { camera: 'blocked' },
      windows,
      /^Your camera is blocked\. Click the icon left of the address.*join without it\.$/,
    ],
    [
      { microphone: 'system' },
      windows,
      /keeps the microphone.*Open Settings, “Privacy & security”.*will not hear you/,
    ],
    [
      { camera: 'blocked', microphone: 'blocked' },
      windows,
      /^Your camera and your microphone are blocked\. Click.*may not start\.$/,
    ],
    [
      { camera: 'missing', microphone: 'busy' },
      windows,
      /No camera was found.*in use by another program.*may not start\.$/,
    ],
    [{ camera: 'policy', microphone: 'policy' }, windows, /organisation, forbids it\. Without both/],
  ] as const)('on %j says it', (troubles, agent, words) => {
    expect(adviseOn(troubles, agent)).toMatch(words);
  });

  it('is another one for every browser', () => {
    const said = agents.map(([, userAgent, maxTouchPoints]) =>
      adviseOn({ camera: 'blocked' }, { userAgent, maxTouchPoints }),
    );
    expect(new Set(said).size).toBe(6);
  });
});
