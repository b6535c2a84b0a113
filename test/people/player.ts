import { splitFrame, writePacket } from './packets.ts';
import type { Recording } from './recording.ts';

export interface PlayerOptions {
  readonly recording: Recording;
  readonly video: number;
  readonly audio: number;
  readonly send: (packet: Buffer) => void;
}

/** Sends a recording in a loop, in real time. */
export interface Player {
  /** Begins again at the recording's start, where its key frame is. */
  sendKeyFrame(): void;
  stop(): void;
}

const OPUS = { payloadType: 111, ticks: 960, milliseconds: 20 };
const VP8 = { payloadType: 100, ticksPerSecond: 90_000 };

export function play({ recording, video, audio, send }: PlayerOptions): Player {
  const { frames, sounds, framesPerSecond } = recording;
  let next = 0;
  let shown = 0;
  let videoSequence = 0;
  let heard = 0;

  const sendFrame = () => {
    const frame = frames[next % frames.length];
    if (!frame) return;
    const timestamp = Math.round((shown * VP8.ticksPerSecond) / framesPerSecond);
    const payloads = splitFrame(frame, shown & 0x7fff);
    for (const [i, payload] of payloads.entries()) {
      const marker = i === payloads.length - 1;
      send(
        writePacket(
          { ssrc: video, payloadType: VP8.payloadType, sequenceNumber: videoSequence, timestamp, marker },
          payload,
        ),
      );
      videoSequence += 1;
    }
    next += 1;
    shown += 1;
  };
  const sendSound = () => {
    const sound = sounds[heard % sounds.length];
    const header = {
      ssrc: audio,
      payloadType: OPUS.payloadType,
      sequenceNumber: heard,
      timestamp: heard * OPUS.ticks,
    };
    if (sound) send(writePacket({ ...header, marker: heard === 0 }, sound));
    heard += 1;
  };
  const timers = [setInterval(sendFrame, 1000 / framesPerSecond), setInterval(sendSound, OPUS.milliseconds)];
  return {
    sendKeyFrame() {
      next = 0;
    },
    stop: () => timers.forEach(clearInterval),
  };
}
