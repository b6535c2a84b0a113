import type { Happening } from '../people/happening.ts';
import { recogniseHue, recogniseTone } from '../people/recognise.ts';
import type { IdentitySignal } from '../people/snapshot.ts';
import type { TimelineEvent } from './evidence.ts';

export interface Known {
  readonly name: string;
  readonly signal: IdentitySignal;
}

/** What a page told, in words; colours and tones by whose they are. Pure. */
export function describeHappening(happening: Happening, people: readonly Known[]): TimelineEvent {
  const { t, kind } = happening;
  const told = (text: string, tone: TimelineEvent['tone'] = 'plain') => ({ t, kind, text, tone });
  switch (happening.kind) {
    case 'state':
      return told(describeState(happening), toneOf(happening.state));
    case 'event':
      return told(happening.name);
    case 'sending':
      return told('sends a picture');
    case 'decoding':
      return told(`decodes a picture, ${happening.frames} frames so far`, 'good');
    case 'seen':
      return told(`sees ${recogniseHue(happening.hue, people)?.name ?? 'a colour of nobody'}`, 'good');
    case 'unseen':
      return told(`sees ${recogniseHue(happening.hue, people)?.name ?? 'a colour of nobody'} no more`);
    case 'heard':
      return told(`hears ${recogniseTone(happening.hertz, people)?.name ?? 'a tone of nobody'}`, 'good');
    case 'quiet':
      return told('has given back every connection and track');
    default:
      return describeOther(happening);
  }
}

function describeState({ state, code, phase }: Extract<Happening, { kind: 'state' }>): string {
  return [`page: ${state}`, phase && `at ${phase}`, code].filter(Boolean).join(' ');
}

function toneOf(state: string): TimelineEvent['tone'] {
  if (state === 'denied' || state === 'failed') return 'bad';
  return state === 'joined' ? 'good' : 'plain';
}

/** A kind that is not known here: its name, and what it says of itself. */
function describeOther(happening: { readonly t: number; readonly kind: string }): TimelineEvent {
  const { t, kind, ...details } = happening;
  const words = Object.entries(details).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return { t, kind, text: [kind, ...words].join(' · '), tone: 'plain' };
}
