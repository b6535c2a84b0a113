import { MeetError } from '../../core/errors.ts';
import type { TracingOptions } from '../../server/tracing.ts';
import type { Environment } from '../context.ts';
import { VERSION } from '../version.ts';

/** What the environment says about watching a server. */
export interface TelemetryEnv {
  /** `OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318`: where spans go; undefined: there are none. */
  readonly tracing: TracingOptions | undefined;
  /** `MEET_METRICS=open`: whoever reaches /metrics may read it. */
  readonly openMetrics: boolean;
}

/** Throws `BAD_CONFIG` naming the variable. */
export function readTelemetryEnv(env: Environment): TelemetryEnv {
  const metrics = env.MEET_METRICS || 'closed';
  if (!['open', 'closed'].includes(metrics))
    throw new MeetError('BAD_CONFIG', 'MEET_METRICS must be open or closed; mend it or unset it.');
  return { openMetrics: metrics === 'open', tracing: readTracing(env) };
}

function readTracing(env: Environment): TracingOptions | undefined {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint || env.OTEL_SDK_DISABLED === 'true') return undefined;
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
    throw new MeetError(
      'BAD_CONFIG',
      'OTEL_EXPORTER_OTLP_ENDPOINT must be the URL of a collector, like http://localhost:4318; mend it or unset it.',
    );
  }
  return { endpoint, serviceName: env.OTEL_SERVICE_NAME || 'meet', version: VERSION };
}
