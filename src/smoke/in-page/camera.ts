// The camera and microphone of one person: the browser's fake device looks alike for everybody, so each person
// gets a picture and a tone of their own. The real request is made first, so that a refusal stays a refusal.
import { screenHueOf } from '../people/screen-hue.ts';
import type { Appearance } from '../people/snapshot.ts';
import { STRIPES, STRIPES_TOP } from './stripes.ts';

const WIDTH = 320;
const HEIGHT = 180;
const LOUDNESS = 0.3;

export function installCamera(appearance: Appearance): void {
  if (!('mediaDevices' in navigator)) return;
  const ask = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = async function (constraints) {
    const granted = await ask.call(this, constraints);
    const tracks = granted.getTracks().map(real => disguise(openTrack(real.kind, appearance), real));
    // The device has said yes; holding it open would only cost frames nobody looks at.
    for (const real of granted.getTracks()) real.stop();
    return new MediaStream(tracks);
  };
  installScreen(appearance);
}

/** The same for a shared screen; its sound stays what the browser gives. */
function installScreen(appearance: Appearance): void {
  const ask = MediaDevices.prototype.getDisplayMedia;
  MediaDevices.prototype.getDisplayMedia = async function (constraints) {
    const granted = await ask.call(this, constraints);
    const [real] = granted.getVideoTracks();
    if (!real) return granted;
    const shown = disguise(openPicture(screenHueOf(appearance), appearance.frameRate), real);
    real.stop();
    return new MediaStream([shown, ...granted.getAudioTracks()]);
  };
}

function openTrack(kind: string, { role, hue, hertz, frameRate }: Appearance): MediaStreamTrack {
  return kind === 'video' ? openPicture(hue, frameRate) : openTone(hertz, role === 'observer' ? 0 : LOUDNESS);
}

function openPicture(hue: number, frameRate: number): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2D canvas for the picture');
  let counter = 0;
  const draw = () => paintPicture(context, hue, counter++ & 0xff);
  draw();
  const timer = setInterval(draw, 1000 / frameRate);
  return closeWith(firstTrack(canvas.captureStream(frameRate)), () => clearInterval(timer));
}

function paintPicture(context: CanvasRenderingContext2D, hue: number, counter: number): void {
  const { width, height } = context.canvas;
  context.fillStyle = `hsl(${hue} 100% 50%)`;
  context.fillRect(0, 0, width, height);
  for (let bit = 0; bit < STRIPES; bit++) {
    context.fillStyle = (counter >> bit) & 1 ? '#fff' : '#000';
    context.fillRect(
      (width * bit) / STRIPES,
      height * STRIPES_TOP,
      width / STRIPES,
      height * (1 - STRIPES_TOP),
    );
  }
}

function openTone(hertz: number, gain: number): MediaStreamTrack {
  const audio = new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: hertz });
  const destination = audio.createMediaStreamDestination();
  tone.connect(new GainNode(audio, { gain })).connect(destination);
  tone.start();
  return closeWith(firstTrack(destination.stream), () => void audio.close());
}

function firstTrack(stream: MediaStream): MediaStreamTrack {
  const [track] = stream.getTracks();
  if (!track) throw new Error('a stream of our own has no track');
  return track;
}

/** Frees the source with the last track on it: the SDK sends clones and stops them one by one. */
function closeWith(track: MediaStreamTrack, close: () => void): MediaStreamTrack {
  let users = 0;
  const use = (user: MediaStreamTrack) => {
    users++;
    const [stop, clone] = [user.stop.bind(user), user.clone.bind(user)];
    user.stop = () => {
      if (user.readyState === 'live' && --users === 0) close();
      stop();
    };
    user.clone = () => use(clone());
    return user;
  };
  return use(track);
}

/** The SDK compares labels and device ids with the device list; ours must look like the device's own. */
function disguise(track: MediaStreamTrack, real: MediaStreamTrack): MediaStreamTrack {
  const { deviceId, groupId, displaySurface } = real.getSettings();
  const settings = track.getSettings.bind(track);
  track.getSettings = () => ({
    ...settings(),
    ...(deviceId && { deviceId }),
    ...(groupId && { groupId }),
    ...(displaySurface && { displaySurface }),
  });
  Object.defineProperty(track, 'label', { value: real.label });
  return track;
}
