import { byId } from '../dom.ts';
import { texts } from '../texts.ts';
import { adviseOn } from './advice.ts';
import type { Capture, Source } from './capture.ts';
import type { Wishes } from './devices.ts';
import { showLevel } from './meter.ts';
import { playTone } from './tone.ts';

export function onClick(id: string, act: () => void, signal: AbortSignal): void {
  byId(id, HTMLButtonElement).addEventListener('click', act, { signal });
}

/** What there is to say of camera and microphone. */
export function showNote(words: string, canAskAgain = false): void {
  byId('preview-note', HTMLElement).textContent = words;
  byId('ask-again', HTMLElement).hidden = !canAskAgain;
}

/** Null: there is nothing to switch. */
export function showSwitches(wishes: Wishes | null): void {
  byId('switches', HTMLElement).hidden = wishes === null;
  for (const source of ['camera', 'microphone'] as const)
    byId(`${source}-switch`, HTMLElement).ariaChecked = String(!wishes?.off.has(source));
}

/** Shows the picture and how loud it is; returns what stops the latter. */
export function showTracks({ tracks: { camera, microphone } }: Capture): () => void {
  const video = byId('preview', HTMLVideoElement);
  const shown = (video.srcObject as MediaStream | null)?.getVideoTracks()[0];
  if (shown !== camera) video.srcObject = camera ? new MediaStream([camera]) : null;
  video.hidden = !camera;
  const meter = byId('meter', HTMLElement);
  meter.hidden = !microphone;
  return microphone ? showLevel(meter, microphone) : () => {};
}

export function showTroubles({ troubles }: Capture, { off }: Wishes): void {
  const advice = adviseOn(troubles, navigator);
  const isForbidden = Object.values(troubles).every(trouble => trouble === 'policy');
  showNote(advice || sayReady(off), advice !== '' && !isForbidden);
}

/** Plays the tone; the button says when it does, and whether it could. */
export async function testSpeaker(speaker: string | undefined): Promise<void> {
  const button = byId('speaker-test', HTMLButtonElement);
  button.disabled = true;
  try {
    await playTone(speaker);
  } catch {
    showNote(texts.devices.noSound);
  } finally {
    button.disabled = false;
  }
}

function sayReady(off: ReadonlySet<Source | 'speaker'>): string {
  const { ready, cameraOff, microphoneOff, bothOff } = texts.preview;
  if (off.has('camera') && off.has('microphone')) return bothOff;
  if (off.has('camera')) return cameraOff;
  return off.has('microphone') ? microphoneOff : ready;
}
