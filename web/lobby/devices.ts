import type { SessionSettings } from '../sdk/types.ts';

export type Kind = 'camera' | 'microphone' | 'speaker';

/** Where the visitor's devices are remembered. */
export type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Reached late: where storage is switched off, its very name throws. */
export const browserMemory: Memory = {
  getItem: name => localStorage.getItem(name),
  setItem: (name, value) => localStorage.setItem(name, value),
  removeItem: name => localStorage.removeItem(name),
};

/** What the visitor wishes in the lobby, and takes along into the call; over all lobbies of this page. */
export interface Wishes {
  /** Ids; without one the browser chooses. */
  readonly devices: Partial<Record<Kind, string>>;
  /** Of these, those that were seen to be there: a reload may change all ids, and the SDK would ask for one in vain. */
  present: Partial<Record<Kind, string>>;
  readonly off: Set<Kind>;
}

/** The names SDK v4 keeps its own under, so that what is picked in its menus during a call counts in the next lobby too. */
const SLOTS: Record<Kind, string> = {
  camera: 'lastVideoDeviceId',
  microphone: 'lastAudioDeviceId',
  speaker: 'lastAudioOutputDevice',
};

const KIND_OF: Partial<Record<MediaDeviceKind, Kind>> = {
  videoinput: 'camera',
  audioinput: 'microphone',
  audiooutput: 'speaker',
};

/** Chromium lists the system's choice beside the devices themselves; it is nobody's wish. */
const NO_CHOICE = ['', 'default', 'communications'];

export function recallWishes(memory: Memory): Wishes {
  return { devices: recallDevices(memory), present: {}, off: new Set() };
}

function recallDevices(memory: Memory): Wishes['devices'] {
  try {
    const known = (Object.keys(SLOTS) as Kind[]).map(kind => [kind, memory.getItem(SLOTS[kind])]);
    return Object.fromEntries(known.filter(([, id]) => id !== null));
  } catch {
    return {}; // storage is switched off
  }
}

/** Remembers a choice; the system's own takes it back. */
export function rememberDevice(memory: Memory, kind: Kind, id: string): void {
  try {
    if (NO_CHOICE.includes(id)) memory.removeItem(SLOTS[kind]);
    else memory.setItem(SLOTS[kind], id);
  } catch {
    // storage is switched off: the choice counts for this visit
  }
}

/** The devices of one kind; before the first permission browsers list them without ids, which helps nobody. */
export function devicesOf(all: readonly MediaDeviceInfo[], kind: Kind): MediaDeviceInfo[] {
  return all.filter(device => KIND_OF[device.kind] === kind && device.deviceId !== '');
}

/** Of the wished devices, those that are there. */
export function presentDevices(
  devices: Wishes['devices'],
  all: readonly MediaDeviceInfo[],
): Wishes['devices'] {
  const isThere = ([kind, id]: [string, string]) => {
    const known = devicesOf(all, kind as Kind);
    return !NO_CHOICE.includes(id) && known.some(({ deviceId }) => deviceId === id);
  };
  return Object.fromEntries(Object.entries(devices).filter(isThere));
}

/** Looks once more before a rejoin: what was pulled out since the lobby is not asked for again. Never throws. */
export async function lookAgain(wishes: Wishes, media: MediaDevices | undefined): Promise<void> {
  const all = await media?.enumerateDevices().catch(() => []);
  wishes.present = presentDevices(wishes.devices, all ?? []);
}

/** What the SDK is told: nothing unless the visitor asked for something. */
export function settingsOf({ present, off }: Pick<Wishes, 'present' | 'off'>): SessionSettings {
  const { camera, microphone, speaker } = present;
  return {
    ...(off.has('microphone') && { startAudioMuted: true }),
    ...(off.has('camera') && { startVideoPaused: true }),
    ...(camera && { videoInputDeviceId: camera }),
    ...(microphone && { audioInputDeviceId: microphone }),
    ...(speaker && { audioOutputDeviceId: speaker }),
  };
}
