import type { Page } from 'playwright-core';

/** A few seconds of encoded picture and sound, to be played in a loop by people without a browser. */
export interface Recording {
  readonly framesPerSecond: number;
  /** VP8 frames; the first one is a key frame, so the loop can begin again. */
  readonly frames: readonly Buffer[];
  /** Opus packets of 20 ms. */
  readonly sounds: readonly Buffer[];
}

export interface RecordingOptions {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly seconds: number;
}

/** Lets a real browser's encoders (WebCodecs) make a recording: what others decode is then no invention of ours. */
export async function record(page: Page, options: RecordingOptions): Promise<Recording> {
  const { frames, sounds } = await page.evaluate(recordInPage, options);
  const decode = (texts: readonly string[]) => texts.map(text => Buffer.from(text, 'base64'));
  return { framesPerSecond: options.framesPerSecond, frames: decode(frames), sounds: decode(sounds) };
}

// Runs in the page, where the types of WebCodecs are: this file is checked without those of a browser.
async function recordInPage(options: RecordingOptions): Promise<{ frames: string[]; sounds: string[] }> {
  const { width, height, framesPerSecond, seconds } = options;
  const browser = globalThis as unknown as Record<string, new (...args: unknown[]) => Encoder & Canvas>;
  const base64 = (chunk: Chunk) => {
    const bytes = new Uint8Array(chunk.byteLength);
    chunk.copyTo(bytes);
    return btoa(String.fromCharCode(...bytes));
  };
  const encoderOf = (name: string, into: string[]): Encoder => {
    const Kind = browser[name];
    if (!Kind) throw new Error(`this browser has no ${name}`);
    return new Kind({
      output: (chunk: Chunk) => into.push(base64(chunk)),
      error: (error: Error) => {
        throw error;
      },
    });
  };
  const make = (name: string, ...args: unknown[]) => {
    const Kind = browser[name];
    if (!Kind) throw new Error(`this browser has no ${name}`);
    return new Kind(...args);
  };

  const frames: string[] = [];
  const video = encoderOf('VideoEncoder', frames);
  video.configure({
    codec: 'vp8',
    width,
    height,
    bitrate: 300_000,
    framerate: framesPerSecond,
    latencyMode: 'realtime',
  });
  const canvas = make('OffscreenCanvas', width, height);
  const paint = canvas.getContext('2d');
  for (let i = 0; i < seconds * framesPerSecond; i++) {
    paint.fillStyle = `hsl(${(i * 3) % 360} 80% 50%)`;
    paint.fillRect(0, 0, width, height);
    paint.fillStyle = 'white';
    paint.fillRect((i * 5) % width, height / 3, width / 8, height / 3);
    const frame = make('VideoFrame', canvas, { timestamp: (i * 1e6) / framesPerSecond });
    video.encode(frame, { keyFrame: i === 0 });
    frame.close();
  }
  await video.flush();

  const sounds: string[] = [];
  const audio = encoderOf('AudioEncoder', sounds);
  audio.configure({ codec: 'opus', sampleRate: 48_000, numberOfChannels: 1, bitrate: 24_000 });
  const samples = 48_000 * seconds;
  const data = Float32Array.from(
    { length: samples },
    (_, i) => 0.3 * Math.sin((2 * Math.PI * 440 * i) / 48_000),
  );
  const format = {
    format: 'f32',
    sampleRate: 48_000,
    numberOfFrames: samples,
    numberOfChannels: 1,
    timestamp: 0,
    data,
  };
  audio.encode(make('AudioData', format));
  await audio.flush();
  return { frames, sounds };
}

interface Chunk {
  readonly byteLength: number;
  copyTo(bytes: Uint8Array): void;
}

interface Encoder {
  configure(options: object): void;
  encode(input: unknown, options?: object): void;
  flush(): Promise<void>;
  close(): void;
}

interface Canvas {
  getContext(kind: '2d'): {
    fillStyle: string;
    fillRect(x: number, y: number, width: number, height: number): void;
  };
}
