import { describe, expect, it } from 'vitest';
import {
  devicesOf,
  lookAgain,
  type Memory,
  presentDevices,
  recallWishes,
  rememberDevice,
  settingsOf,
} from '../../../web/lobby/devices.ts';

const device = (kind: MediaDeviceKind, deviceId: string) =>
  ({ kind, deviceId, label: '' }) as MediaDeviceInfo;
const ALL = [device('videoinput', 'front'), device('audioinput', 'default'), device('audioinput', 'mic')];

function memoryOf(entries: Record<string, string> = {}): Memory & { readonly kept: Map<string, string> } {
  const kept = new Map(Object.entries(entries));
  return {
    kept,
    getItem: name => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: name => void kept.delete(name),
  };
}

const broken: Memory = {
  getItem: () => {
    throw new DOMException('', 'SecurityError');
  },
  setItem: () => {
    throw new DOMException('', 'SecurityError');
  },
  removeItem: () => {},
};

describe('the devices that a visitor wishes', () => {
  it('are those that SDK v4 used last', () => {
    const memory = memoryOf({ lastVideoDeviceId: 'front', lastAudioDeviceId: 'mic' });
    expect(recallWishes(memory)).toEqual({
      devices: { camera: 'front', microphone: 'mic' },
      present: {},
      off: new Set(),
    });
  });

  it('are remembered, and forgotten for the system’s own choice', () => {
    const memory = memoryOf();
    rememberDevice(memory, 'speaker', 'headset');
    expect(Object.fromEntries(memory.kept)).toEqual({ lastAudioOutputDevice: 'headset' });
    rememberDevice(memory, 'speaker', 'default');
    expect(memory.kept.size).toBe(0);
  });

  it('count for this visit where storage is switched off', () => {
    expect(recallWishes(broken).devices).toEqual({});
    expect(() => rememberDevice(broken, 'camera', 'front')).not.toThrow();
  });

  it.each([
    [
      { camera: 'front', microphone: 'mic' },
      { camera: 'front', microphone: 'mic' },
    ],
    [{ camera: 'gone' }, {}],
    [{ microphone: 'default' }, {}],
    [{ speaker: 'unlisted' }, {}],
  ])('%j count if they are there', (wished, present) => {
    expect(presentDevices(wished, ALL)).toEqual(present);
  });

  it.each([
    ['those that are still there', async () => ALL.slice(1), { microphone: 'mic' }],
    ['all that are there again', async () => ALL, { camera: 'front', microphone: 'mic' }],
    ['none where the browser lists none', () => Promise.reject(new Error()), {}],
  ])('are, at a rejoin, %s', async (_, enumerateDevices, present) => {
    const devices = { camera: 'front', microphone: 'mic' };
    const wishes = { devices, present: { camera: 'front' }, off: new Set<never>() };
    await lookAgain(wishes, { enumerateDevices } as MediaDevices);
    expect(wishes.present).toEqual(present);
  });

  it('are listed only once they have ids', () => {
    const unnamed = [device('videoinput', ''), device('videoinput', 'front')];
    expect(devicesOf(unnamed, 'camera').map(({ deviceId }) => deviceId)).toEqual(['front']);
    expect(devicesOf(ALL, 'speaker')).toEqual([]);
  });
});

it.each([
  [{ present: {}, off: [] }, {}],
  [{ present: {}, off: ['microphone'] }, { startAudioMuted: true }],
  [
    { present: { camera: 'front' }, off: ['camera'] },
    { startVideoPaused: true, videoInputDeviceId: 'front' },
  ],
  [
    { present: { microphone: 'mic', speaker: 'out' }, off: [] },
    { audioInputDeviceId: 'mic', audioOutputDeviceId: 'out' },
  ],
] as const)('the wishes %j become the settings %j', ({ present, off }, settings) => {
  expect(settingsOf({ present, off: new Set(off) })).toEqual(settings);
});
