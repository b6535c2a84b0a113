import { texts } from '../texts.ts';
import { onClick, showNote, showSwitches, showTracks, showTroubles, testSpeaker } from './booth-view.ts';
import { createCapture, type Source } from './capture.ts';
import { browserMemory, type Kind, presentDevices, rememberDevice, type Wishes } from './devices.ts';
import { fillMenus, onPick } from './menus.ts';
import { onGranted } from './on-granted.ts';

/** Where the visitor sees and chooses what the others will see and hear. */
export interface Booth {
  /** Lets go of camera and microphone, also of those that the browser has not handed over yet. */
  close(): void;
}

/** Who joins at once shall not wait for a camera that is opened and closed for nothing. */
const PAUSE_MS = 200;
const SOURCES: readonly Source[] = ['camera', 'microphone'];

/** Never throws: what is wrong is said in words. */
export function openBooth(wishes: Wishes): Booth {
  const { mediaDevices } = navigator;
  // Browsers hide the whole interface on plain http.
  if (!window.isSecureContext || !mediaDevices) return closedBooth(texts.preview.insecure);
  const over = new AbortController();
  const { signal } = over;
  let stopMeter = () => {};
  const capture = createCapture(mediaDevices, () => !signal.aborted && show());

  const show = () => {
    stopMeter();
    stopMeter = showTracks(capture);
    showTroubles(capture, wishes);
    void listDevices();
  };
  const listDevices = async () => {
    const all = await mediaDevices.enumerateDevices();
    if (signal.aborted) return;
    wishes.present = presentDevices(wishes.devices, all);
    const { camera, microphone } = capture.tracks;
    fillMenus(all, { ...idOf('camera', camera), ...idOf('microphone', microphone), ...wishes.present });
  };
  const open = (sources: readonly Source[]) => {
    const wanted = sources.filter(source => !wishes.off.has(source));
    return wanted.length > 0 ? capture.open(wanted, wishes.devices) : Promise.resolve(show());
  };
  const pick = (kind: Kind, id: string) => {
    rememberDevice(browserMemory, kind, id);
    wishes.devices[kind] = id;
    void listDevices();
    if (kind !== 'speaker') void open([kind]);
  };
  const turn = (source: Source) => {
    const isOff = !wishes.off.delete(source);
    if (isOff) wishes.off.add(source);
    showSwitches(wishes);
    capture.close(source);
    void open([source]);
  };

  showSwitches(wishes);
  onPick(pick, signal);
  for (const source of SOURCES) onClick(`${source}-switch`, () => turn(source), signal);
  onClick('ask-again', () => void open(SOURCES), signal);
  onClick('speaker-test', () => void testSpeaker(wishes.present.speaker), signal);
  onGranted(source => capture.troubles[source] && void open([source]), signal);
  mediaDevices.addEventListener('devicechange', () => void listDevices(), { signal });
  void start();

  async function start(): Promise<void> {
    showNote(texts.preview.starting);
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
    if (!signal.aborted) await open(SOURCES);
  }

  return {
    close() {
      over.abort();
      stopMeter();
      for (const source of SOURCES) capture.close(source);
      showTracks(capture);
      showNote('');
    },
  };
}

/** One without camera and microphone, and why. */
export function closedBooth(why: string): Booth {
  showSwitches(null);
  showNote(why);
  return { close: () => showNote('') };
}

function idOf(source: Source, track: MediaStreamTrack | undefined): Wishes['devices'] {
  const id = track?.getSettings().deviceId;
  return id ? { [source]: id } : {};
}
