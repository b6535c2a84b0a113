// `npm run audit`: fails on a known hole of high severity in what is installed for users. A registry that cannot tell is
// said, and passed: a machine without that service must still be able to build.
import { spawnSync } from 'node:child_process';
import { root, runScript, say } from './run-command.mjs';

const NOT_HERE =
  /E405|E404|E501|ENOAUDIT|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|audit endpoint returned an error/;
/** npm's own patience is minutes, where there is no network. */
const QUICK = ['--fetch-retries=0', '--fetch-timeout=30000'];
/** An npm that runs us silently, as .ci/run's does, would hand that on, and tell no reason. */
const TALKATIVE = '--loglevel=error';
const SEVERE = ['high', 'critical'];
/** Not the exit code of a finding: a registry that is out of order must not look like a hole. */
const UNKNOWN = 2;

await runScript(async () => {
  const npm = spawnSync(
    'npm',
    ['audit', '--omit=dev', '--json', TALKATIVE, ...QUICK, ...process.argv.slice(2)],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      timeout: 120_000,
      shell: process.platform === 'win32',
    },
  );
  const report = parse(npm.stdout);
  if (!report?.metadata) return tellWhyNot(`${npm.stdout}${npm.stderr}${npm.error?.message ?? ''}`);
  const { vulnerabilities: counts, dependencies } = report.metadata;
  const findings = Object.values(report.vulnerabilities ?? {});
  for (const { name, severity, range } of findings) say(`audit: ${severity}: ${name} ${range}`);
  const severe = SEVERE.reduce((sum, severity) => sum + (counts[severity] ?? 0), 0);
  say(
    `audit: ${dependencies.prod} production packages, ${findings.length} findings, ${severe} of high severity or worse`,
  );
  if (severe > 0) say('audit: update what is named above, or say in SECURITY.md why it does not reach us.');
  return severe > 0 ? 1 : 0;
});

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function tellWhyNot(said) {
  if (!NOT_HERE.test(said)) {
    say(said.trim());
    say('audit: npm audit failed in a way that is not known; see above. Nothing was checked.');
    return UNKNOWN;
  }
  say('audit: not possible here: the registry does not answer `npm audit`. Nothing was checked.');
  return 0;
}
