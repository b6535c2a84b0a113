import { redactText } from '../evidence/redact.ts';
import type { Snapshot } from '../people/snapshot.ts';
import { explainConnection } from './explain-media.ts';

export interface StuckPage {
  readonly name: string;
  /** The last state the page told; undefined when it told none. */
  readonly state: string | undefined;
  /** How far its join had come, by the page's own word: 'token', 'sdk', 'join'; undefined when it told none. */
  readonly step: string | undefined;
  readonly snapshot: Snapshot | null;
  readonly pageErrors: readonly string[];
}

/** Says where a page got stuck on the way to joined. Pure. */
export function explainStuck({ name, state, step, snapshot, pageErrors }: StuckPage): string {
  const error =
    pageErrors[0] === undefined ? '' : `; the page threw: ${redactText(firstLine(pageErrors[0]))}`;
  if (!snapshot && state === undefined) return `${name}'s page never ran its script${error}`;
  if (!snapshot) return `${name}'s page does not answer any more, its last state was '${state}'${error}`;
  return `${reasonFor({ name, state, step, snapshot })}${error}`;
}

type AnsweringPage = Omit<StuckPage, 'pageErrors' | 'snapshot'> & { readonly snapshot: Snapshot };

function reasonFor({ name, state, step, snapshot }: AnsweringPage): string {
  switch (state) {
    case undefined:
    case 'loading':
      return `${name}'s page stayed loading`;
    case 'lobby':
      return `${name}'s lobby was shown, but Join could not be pressed`;
    case 'joining':
      return `${name} never joined: ${explainJoining(name, step, snapshot)}`;
    default:
      return `${name}'s page stayed '${state}'`;
  }
}

/** Before the last step there is nothing to see of signalling and media. */
function explainJoining(name: string, step: string | undefined, snapshot: Snapshot): string {
  if (step === 'sdk') return `the SDK's script did not come to its end`;
  if (step !== undefined && step !== 'join') return `the page did not get past '${step}'`;
  return explainConnection(name, snapshot) ?? 'media is connected, but the SDK reported no join';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
