import { MeetError } from '../core/errors.ts';
import { atServer } from './at-server.ts';
import type { Context } from './context.ts';
import type { Kept } from './desk/desk.ts';
import { isLoopback } from './host-name.ts';
import type { OpenFlags } from './open.ts';
import { isEmulated, linkFor } from './personal-link.ts';
import { runTool, type ToolEnd } from './run-tool.ts';

type Tell = (url: string) => Promise<unknown>;

/** `meet open --device`: opens the meeting on a phone or its simulator. Gives the exit code. Throws `NO_DEVICE`. */
export async function openOnDevice(
  context: Context,
  kept: Kept,
  flags: OpenFlags,
  tell: Tell,
): Promise<number> {
  const device = DEVICES[flags.device ?? 'android'];
  // Before anything is served: whoever has no phone shall not wait for a server.
  await device.check(context);
  return atServer(context, flags, async served => {
    const url = await linkFor(context, { ...kept, base: served ?? kept.base }, flags.as);
    await tell(url);
    await device.open(context, url);
    context.notes.line(`${context.notes.style('green', 'Opened')} on ${device.name}.`);
    return 'stay';
  });
}

const ANDROID = {
  name: 'the Android device',
  async check({ settings }: Context): Promise<void> {
    const { code, text } = await runTool('adb', ['get-state'], settings.env, {
      missing: 'adb was not found; install the Android platform tools, and put them on the PATH.',
    });
    if (code !== 0 || !text.includes('device')) throw new MeetError('NO_DEVICE', androidAdvice(text));
  },
  async open(context: Context, url: string): Promise<void> {
    const { env } = context.settings;
    const { hostname, port, protocol } = new URL(url);
    if (isLoopback(hostname.replace(/[[\]]/g, ''))) {
      const tcp = `tcp:${port || (protocol === 'https:' ? 443 : 80)}`;
      // So that localhost on the phone is this machine: only there a browser gives its camera to plain http.
      expectDone('adb reverse', await runTool('adb', ['reverse', tcp, tcp], env));
      await noteMedia(context);
    }
    // adb joins the words for a shell on the phone, which would take & and # for its own.
    const view = `am start -a android.intent.action.VIEW -d ${quote(url)}`;
    const end = await runTool('adb', ['shell', view], env);
    expectDone('adb shell am start', /^Error/m.test(end.text) ? { ...end, code: 1 } : end);
  },
};

const IOS = {
  name: 'the iOS simulator',
  async check({ settings }: Context): Promise<void> {
    const { code, text } = await runTool('xcrun', ['simctl', 'list', 'devices', 'booted'], settings.env, {
      missing:
        'xcrun was not found; the iOS simulator needs macOS with Xcode. For an iPhone: meet show <id> --qr.',
    });
    if (code === 0 && text.includes('(Booted)')) return;
    throw new MeetError('NO_DEVICE', 'No iOS simulator is running; start one with: open -a Simulator');
  },
  async open({ settings }: Context, url: string): Promise<void> {
    // The simulator is on this machine's network: localhost is the same there.
    expectDone(
      'xcrun simctl openurl',
      await runTool('xcrun', ['simctl', 'openurl', 'booted', url], settings.env),
    );
  },
};

const DEVICES = { android: ANDROID, ios: IOS };

/** What adb says in many words, and what to do about it. */
function androidAdvice(text: string): string {
  if (/unauthorized/.test(text))
    return 'The phone does not trust this machine yet; accept “Allow USB debugging” on it.';
  if (/more than one/.test(text)) {
    return 'There are several Android devices; name one: ANDROID_SERIAL=<serial> meet open …, as adb devices lists them.';
  }
  if (/offline/.test(text)) return 'The Android device is offline; unlock it, and plug it in again.';
  return 'There is no Android device; plug in a phone with USB debugging on, or start an emulator.';
}

/** adb takes TCP along, and no UDP, which the emulator's media is. */
async function noteMedia(context: Context): Promise<void> {
  if (!(await isEmulated(context))) return;
  const { notes } = context;
  const words =
    'The page and its signalling reach the phone so, but no picture or sound of the emulator, which is UDP;';
  notes.line(notes.style('yellow', `${words} for those: meet serve --host --https`));
}

function expectDone(what: string, { code, text }: ToolEnd): void {
  if (code === 0) return;
  const [line = ''] = text.trim().split('\n');
  throw new MeetError(
    'NO_DEVICE',
    `${what} failed: ${line || `exit ${code}`}; check the device, and try again.`,
  );
}

/** One word for a POSIX shell (Shell Command Language, 2.2.2). */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
