import { redactText } from '../evidence/redact.ts';
import { smokeFailure } from '../phase.ts';

/** What a page made of camera and microphone being refused to it. */
export interface Refusal {
  /** The name of the browser's error; null where the page never asked. */
  readonly error: string | null;
  /** Whether the page still answers. */
  readonly answers: boolean;
  /** What it shows; '' for nothing. */
  readonly words: string;
  /** Whether those words are about devices. */
  readonly fitting: boolean;
  /** The first error that it did not catch. */
  readonly thrown: string | null;
}

/** Says what became of somebody who is denied her devices; SMOKE_FAILED where her page did not survive it. Pure. */
export function judgeRefusal(name: string, { error, answers, words, fitting, thrown }: Refusal): string {
  const refused = error ? `${name} was refused her devices (${error}), and her page` : `${name}'s page`;
  const threw = thrown === null ? '' : `; it threw: ${redactText(thrown.split('\n', 1)[0] ?? '')}`;
  const says = `says "${redactText(words)}"`;
  if (!answers) throw smokeFailure(`${refused} does not answer any more${threw}`, 'camera');
  if (!words) throw smokeFailure(`${refused} shows nothing at all${threw}`, 'camera');
  if (threw && !fitting)
    throw smokeFailure(`${refused} ${says}, and nothing of her devices${threw}`, 'camera');
  if (!error) return `${name}'s page never asked for the devices that she is denied`;
  return `${refused} ${says}`;
}
