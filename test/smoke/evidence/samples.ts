import type { RawConnection, RawSample, RawStream } from '../../../src/smoke/evidence/sample.ts';

export function streamWith(values: Partial<RawStream>): RawStream {
  return {
    ...{
      id: 's',
      way: 'in',
      media: 'video',
      bytes: 0,
      frames: 0,
      packets: 0,
      lost: 0,
      jitter: null,
      roundTrip: null,
    },
    ...values,
  };
}

export function connectionWith(values: Partial<RawConnection>): RawConnection {
  return {
    ...{ id: 'c', state: 'connected', ice: 'connected', streams: [], pairs: [], local: [], remote: [] },
    ...values,
  };
}

export function sampleAt(t: number, streams: readonly RawStream[], document = 'd'): RawSample {
  return { t, document, connections: [connectionWith({ streams })] };
}
