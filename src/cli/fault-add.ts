import { MeetError } from '../core/errors.ts';
import { parseLink } from '../core/links.ts';
import { askServer } from './ask-server.ts';
import type { Command } from './context.ts';
import { writeFacts } from './describe.ts';
import { EXIT_OK } from './exit-codes.ts';
import { describeFault, type FaultAnswer, faultFacts } from './fault-words.ts';

export interface FaultAddFlags {
  readonly id?: string;
  readonly uid?: string;
  readonly direction?: string;
  readonly loss?: string;
  readonly delay?: string;
  readonly jitter?: string;
  readonly reorder?: boolean;
  readonly bandwidth?: string;
  readonly outage?: string;
  readonly socket?: string;
  readonly sockets?: string;
  readonly rest?: string;
  readonly status?: string;
  readonly code?: string;
  readonly slow?: string;
  readonly times?: string;
  /** True without a value. */
  readonly expireTokens?: string | true;
  readonly refuseBridge?: true;
  readonly for?: string;
  readonly json?: boolean;
}

/** `meet fault add`: from now on the emulator does something wrong. */
export const faultAdd: Command<FaultAddFlags> = async (context, flags) => {
  const { out, notes } = context;
  const fault = await askServer<FaultAnswer>(context, 'POST', '/api/faults', bodyOf(flags));
  if (flags.json) {
    out.line(JSON.stringify(fault));
    return EXIT_OK;
  }
  const now = context.now();
  out.line(fault.id);
  const isDone = fault.until !== null && Date.parse(fault.until) <= now;
  notes.line(
    `${notes.style('yellow', isDone ? 'Done:' : 'On:')} ${notes.style('bold', describeFault(fault))}`,
  );
  const facts = faultFacts(fault, now);
  writeFacts(notes, isDone ? facts.filter(([label]) => label !== 'ends') : facts);
  return EXIT_OK;
};

/** Only shapes it; whether it makes sense, the server says. */
function bodyOf(flags: FaultAddFlags): object {
  const { uid, direction, delay, jitter, reorder, bandwidth, outage, socket, sockets, refuseBridge } = flags;
  const rest = restOf(flags);
  return {
    // Sessions of other applications have ids of other forms.
    sessionId: flags.id?.includes('/') ? parseLink(flags.id).sessionId : flags.id,
    uid,
    direction,
    loss: numberOf('--loss', flags.loss),
    delay,
    jitter,
    reorder,
    bandwidth,
    outage,
    socket,
    sockets,
    rest,
    expireTokens: flags.expireTokens === true ? 'call' : flags.expireTokens,
    refuseBridge,
    for: flags.for,
  };
}

function restOf({ rest, status, code, slow, times }: FaultAddFlags): object | undefined {
  if (rest === undefined) {
    const alone = Object.entries({ status, code, slow, times }).find(([, value]) => value !== undefined);
    if (alone)
      throw new MeetError('BAD_REQUEST', `--${alone[0]} goes with --rest <route>, or --rest '*' for all.`);
    return undefined;
  }
  return {
    route: rest === '*' ? undefined : rest,
    status: numberOf('--status', status),
    code,
    slow,
    times: numberOf('--times', times),
  };
}

function numberOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new MeetError('BAD_REQUEST', `${flag} is ${JSON.stringify(text)}; give a number.`);
}
