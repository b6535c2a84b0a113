import { peopleInside } from '../people/expect-media.ts';
import type { Person } from '../people/person.ts';

/** What a tab finds of SDK v4's memory in its browser profile. */
export interface ProfileView {
  /** The SDK's `lastVideoDeviceId`: the camera that the last tab to join had. */
  readonly storedCamera: string | null;
  /** Ids of the cameras as this tab knows them. */
  readonly cameras: readonly string[];
  /** The SDK's own id of this machine. */
  readonly machineId: string | null;
}

/** Says what tabs of one profile share of SDK v4's memory. Pure. */
export function describeProfile(views: readonly ProfileView[]): string {
  const shared = [
    ...(views.some(({ machineId }) => machineId !== null) ? ['jitsiMeetId'] : []),
    ...(views.some(({ storedCamera }) => storedCamera !== null) ? ['lastVideoDeviceId'] : []),
  ];
  if (shared.length === 0) return 'one profile, in which SDK v4 has stored nothing';
  const ids = new Set(views.flatMap(({ cameras }) => cameras));
  const most = Math.max(...views.map(({ cameras }) => cameras.length));
  const cameras = ids.size > most ? 'another id in each tab' : 'the same id in all of them';
  return `one profile: the tabs share ${shared.join(' and ')}, and the camera has ${cameras}`;
}

/**
 * The reason for a camera that is missing, with what one profile has to do with it. Pure.
 *
 * SDK v4 asks for exactly the stored camera when it joins. It forgets one that is not among the tab's own a moment
 * before that; where another tab stores its camera in that moment, and the browser names cameras anew for each tab
 * (headless shell does), no camera fits, and the SDK goes on with the microphone alone.
 */
export function blameProfile(
  name: string,
  { reason, view, refusals }: { reason: string; view: ProfileView | null; refusals: readonly string[] },
): string {
  if (!view) return reason;
  const { storedCamera, cameras } = view;
  const lost = storedCamera !== null && !cameras.includes(storedCamera);
  if (!lost || !refusals.includes('OverconstrainedError')) return `${reason}; ${describeProfile([view])}`;
  return (
    `${name}'s camera never started in the call: tabs of one profile share lastVideoDeviceId, SDK v4 asked for exactly ` +
    'the camera that another tab had stored there, this tab knows the camera by another id (OverconstrainedError), ' +
    'and the SDK went on without a picture'
  );
}

/** What everybody who is in the call finds in the profile they share. */
export async function viewProfile(people: readonly Person[]): Promise<ProfileView[]> {
  const views = await Promise.all(peopleInside(people).map(readProfile));
  return views.filter(view => view !== null);
}

/** Null where the page does not tell. */
export async function readProfile({ page }: Person): Promise<ProfileView | null> {
  return page
    .evaluate(async () => {
      const { navigator, localStorage } = globalThis as unknown as InPage;
      const devices = await navigator.mediaDevices.enumerateDevices();
      return {
        storedCamera: localStorage.getItem('lastVideoDeviceId'),
        cameras: devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId }) => deviceId),
        machineId: localStorage.getItem('jitsiMeetId'),
      };
    })
    .catch(() => null);
}

interface InPage {
  readonly navigator: {
    readonly mediaDevices: { enumerateDevices(): Promise<{ kind: string; deviceId: string }[]> };
  };
  readonly localStorage: { getItem(name: string): string | null };
}
