/** Who speaks in a conference, judged by the audio levels that everybody's packets carry (RFC 6464). */
export interface Speakers {
  /**
   * Takes one packet's level, in -dBov: 0 is the loudest, 127 silence. Called for every audio packet, so it costs two
   * look-ups and a little arithmetic. `nowMs` may be any clock that does not run backwards.
   */
  observe(id: string, level: number, nowMs: number): SpeakerChange | null;
  /** Somebody left: another one may be dominant now. */
  forget(id: string): SpeakerChange | null;
  /** Notices a silence in which not even silent packets arrive; to be called now and then. */
  settle(nowMs: number): SpeakerChange | null;
  /** Those present who spoke, the dominant one first, then by how lately each of them was dominant. */
  readonly order: readonly string[];
}

/** What there is to tell, when it changed. */
export interface SpeakerChange {
  /** Null when the only one who had spoken left. */
  readonly dominant: string | null;
  /** Who was dominant before and is still present, latest first. */
  readonly previous: readonly string[];
  /** The dominant speaker has been quiet for some seconds, and nobody has taken over. */
  readonly silence: boolean;
}

/** Between these levels (-dBov) sound counts from nothing to fully: room noise stays above 50, speech is around 25. */
const QUIETEST_VOICE = 50;
const FULL_VOICE = 25;
/** Somebody must be speaking at this moment, which is what the short average tells, to become dominant. */
const SHORT_MS = 250;
const SPEAKING = 0.3;
/**
 * And must have spoken more than the dominant one of late, which the long average tells. A pause between words or a
 * cough moves it little; when one stops and another begins, theirs cross after about a second.
 */
const LONG_MS = 1_500;
const MARGIN = 0.15;
/** Longer than a pause for breath. */
const SILENCE_MS = 2_500;
/** Nobody has spoken yet: the first short sound decides. */
const FIRST_SOUND = 0.05;
/** Opus sends a packet each 20 ms, up to 60; what is longer was a gap without sound. */
const PACKET_MS = 20;
const LONGEST_PACKET_MS = 60;

interface Voice {
  short: number;
  long: number;
  at: number;
}

/** Begins with nobody dominant. */
export function createSpeakers(): Speakers {
  const voices = new Map<string, Voice>();
  let order: readonly string[] = [];
  let silence = false;
  let spokeAt = 0;

  const change = (): SpeakerChange => ({ dominant: order[0] ?? null, previous: order.slice(1), silence });
  const promote = (id: string, nowMs: number) => {
    order = [id, ...order.filter(other => other !== id)];
    silence = false;
    spokeAt = nowMs;
    return change();
  };
  const turnSilent = (isSilent: boolean) => {
    if (silence === isSilent) return null;
    silence = isSilent;
    return change();
  };
  /** Whether what is heard now makes this one dominant, given how much the dominant one has said of late. */
  const overtakes = (voice: Voice, dominant: Voice | undefined, nowMs: number) =>
    dominant === undefined
      ? voice.short > FIRST_SOUND
      : voice.short >= SPEAKING && voice.long > longOf(dominant, nowMs) + MARGIN;

  const settle = (nowMs: number) =>
    order.length > 0 && nowMs - spokeAt > SILENCE_MS ? turnSilent(true) : null;

  return {
    observe(id, level, nowMs) {
      const voice = voices.get(id) ?? { short: 0, long: 0, at: nowMs - PACKET_MS };
      voices.set(id, voice);
      hear(voice, activityOf(level), nowMs);
      if (id === order[0] && voice.short >= SPEAKING) {
        spokeAt = nowMs;
        return turnSilent(false);
      }
      if (id !== order[0] && overtakes(voice, voices.get(order[0] ?? ''), nowMs)) return promote(id, nowMs);
      return settle(nowMs);
    },
    forget(id) {
      voices.delete(id);
      const wasDominant = id === order[0];
      order = order.filter(other => other !== id);
      return wasDominant ? change() : null;
    },
    settle,
    get order() {
      return order;
    },
  };
}

/** 0 to 1. */
function activityOf(level: number): number {
  return Math.min(1, Math.max(0, (QUIETEST_VOICE - level) / (QUIETEST_VOICE - FULL_VOICE)));
}

/** Both averages forget exponentially; time without packets is time without sound. */
function hear(voice: Voice, activity: number, nowMs: number): void {
  const passed = Math.max(0, nowMs - voice.at);
  const heard = Math.min(passed, LONGEST_PACKET_MS);
  const short = Math.exp(-heard / SHORT_MS);
  const long = Math.exp(-heard / LONG_MS);
  const gap = passed - heard;
  voice.short = fade(voice.short, gap, SHORT_MS) * short + activity * (1 - short);
  voice.long = fade(voice.long, gap, LONG_MS) * long + activity * (1 - long);
  voice.at = nowMs;
}

function longOf(voice: Voice, nowMs: number): number {
  return fade(voice.long, nowMs - voice.at - PACKET_MS, LONG_MS);
}

function fade(average: number, forMs: number, tau: number): number {
  return forMs > 0 ? average * Math.exp(-forMs / tau) : average;
}
