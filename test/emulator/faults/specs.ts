import type {
  FaultSpec,
  NetworkFault,
  OutageFault,
  RestFault,
  Scope,
} from '../../../src/emulator/faults/fault.ts';
import type { Shape } from '../../../src/emulator/faults/shape.ts';

const EVERYBODY: Scope & { forMs: number | null } = { sessionId: null, uid: null, forMs: null };

type Changes<E> = Partial<Scope & E & { forMs: number | null }>;

export const networkSpec = (changes: Changes<NetworkFault> = {}): FaultSpec => ({
  ...EVERYBODY,
  kind: 'network',
  direction: 'both',
  loss: 0,
  delayMs: 0,
  jitterMs: 0,
  reorder: false,
  bitsPerSecond: null,
  ...changes,
});

export const outageSpec = (changes: Changes<OutageFault> = {}): FaultSpec => ({
  ...EVERYBODY,
  kind: 'outage',
  direction: 'both',
  ...changes,
});

export const restSpec = (changes: Changes<RestFault> = {}): FaultSpec => ({
  ...EVERYBODY,
  kind: 'rest',
  route: null,
  status: null,
  code: null,
  slowMs: 0,
  times: null,
  ...changes,
});

export const CLEAR: Shape = {
  isOut: false,
  loss: 0,
  delayMs: 0,
  jitterMs: 0,
  reorder: false,
  bitsPerSecond: Number.POSITIVE_INFINITY,
};
