import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { MeetError } from '../core/errors.ts';
import type { Command, Context } from './context.ts';
import { certificateProbe } from './doctor/certificate.ts';
import { cloudProbe, environmentProbe, namesProbe } from './doctor/cloud.ts';
import { appsProbe, dataProbe } from './doctor/data.ts';
import type { Finding, Probe } from './doctor/finding.ts';
import { installBrowser } from './doctor/install-browser.ts';
import { checkHost } from './doctor/links/check-host.ts';
import { portProbe, serverProbe } from './doctor/server.ts';
import { storeProbe } from './doctor/store.ts';
import { browserProbe, nodeProbe, pageProbe, sdkProbe } from './doctor/tools.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.ts';

export interface DoctorFlags {
  readonly links?: string;
  readonly ca?: string;
  readonly fix?: boolean;
  readonly installBrowser?: boolean;
  readonly json?: boolean;
}

/** In the order in which things are needed. */
const probesFor = ({ fix = false }: DoctorFlags): readonly Probe[] => [
  nodeProbe,
  pageProbe,
  sdkProbe,
  browserProbe,
  dataProbe(fix),
  storeProbe,
  environmentProbe,
  namesProbe,
  cloudProbe,
  portProbe,
  serverProbe,
  certificateProbe,
  appsProbe,
];

/** `meet doctor`: looks at what the tool needs, or with `--links` at a host's app links. Fails when something is bad. */
export const doctor: Command<DoctorFlags> = async (context, flags) => {
  if (flags.installBrowser) installBrowser(context);
  const findings = flags.links
    ? await checkHost(flags.links, readAuthority(flags.ca))
    : (await Promise.all(probesFor(flags).map(probe => probe(context)))).flat();
  const good = findings.every(({ state }) => state !== 'bad');
  if (flags.json) context.out.line(JSON.stringify({ ok: good, findings }));
  else for (const finding of findings) printFinding(context, finding);
  return good ? EXIT_OK : EXIT_FAILED;
};

/** Besides those that Node trusts. */
function readAuthority(file: string | undefined): readonly string[] | undefined {
  if (!file) return undefined;
  try {
    return [...rootCertificates, readFileSync(file, 'utf8')];
  } catch (cause) {
    throw new MeetError('BAD_REQUEST', `${file} cannot be read; give --ca the authority's certificate.`, {
      cause,
    });
  }
}

const MARKS = { ok: ['green', 'ok'], warn: ['yellow', 'warn'], bad: ['red', 'bad'] } as const;

function printFinding({ out }: Context, { what, state, says, fix }: Finding): void {
  const [style, word] = MARKS[state];
  out.line(`${out.style(style, word.padEnd(5))} ${out.style('bold', what.padEnd(12))} ${says}`);
  if (fix) out.line(`${' '.repeat(19)}${out.style('dim', fix)}`);
}
