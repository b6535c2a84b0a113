import { describe, expect, it } from 'vitest';
import { refusedJoin } from '../../src/smoke/scenarios/refused-join.ts';
import { runRules } from './rules-run.ts';
import { failureOf, runBroken } from './smoke-run.ts';

describe('the runtime lint', () => {
  it('finds nothing on a page that keeps the rules', async () => {
    const report = await runRules({});
    expect([failureOf(report), report.lint]).toEqual([{ exitCode: 0 }, []]);
    expect(report.phases.at(-1)).toMatchObject({ name: 'lint', ok: true, detail: 'no rule was broken' });
  });

  it.each([
    [
      'flexible-container',
      'web/container-sizing',
      /its container was \d+ x \d+ pixels, of a height of '100%'/,
    ],
    ['logs-token', 'web/token-logged', /call token was written to the console/],
    ['logs-login', 'web/token-logged', /auth token was written to the console/],
    ['reuses-token', 'web/token-cached', /one call token was used for two joins/],
    ['stores-token', 'web/token-cached', /stayed in localStorage as 'call' after it was used/],
    ['token-in-address', 'web/token-cached', /call token stood in its address/],
    ['sends-token', 'web/token-cached', /call token was sent to stats\.localhost/],
    ['token-before-login', 'web/token-before-login', /without an auth token/],
    ['token-without-login', 'web/token-before-login', /it had no auth token/],
    ['second-session', 'web/second-session', /while the first was open/],
  ])('finds the fault of a page: %s', async (fault, ruleId, words) => {
    const report = await runRules({ fault });
    expect(failureOf(report)).toEqual({
      exitCode: 21,
      phase: 'lint',
      words: expect.stringContaining(`${ruleId} is broken (`),
    });
    expect(report.lint).toContainEqual({
      ...{ ruleId, severity: 'error', person: expect.any(String), t: expect.any(Number) },
      message: expect.stringMatching(words),
    });
    expect(new Set(report.lint.map(finding => finding.ruleId))).toEqual(new Set([ruleId]));
  });

  it('remarks on a page that asks nobody, without failing', async () => {
    const report = await runRules({ fault: 'asks-nobody' });
    const found = report.lint.map(({ ruleId, severity }) => [ruleId, severity]);
    expect([report.exitCode, found]).toEqual([0, Array(2).fill(['web/missing-authorize', 'info'])]);
  });

  it('warns of a server that lets people in to what nobody made', async () => {
    const report = await runRules({ openHouse: true });
    const found = report.lint.map(({ ruleId, severity }) => [ruleId, severity]);
    expect([report.exitCode, found]).toEqual([0, Array(2).fill(['server/no-authorize-route', 'warning'])]);
  });

  it('names what a page still holds, beside the phase that failed of it', async () => {
    const report = await runRules({ fault: 'keeps-camera' });
    expect(failureOf(report)).toMatchObject({ exitCode: 20, phase: 'cleanup' });
    expect(report.lint).toMatchObject([
      { ruleId: 'web/no-leave-on-unmount', person: 'alice', message: expect.stringMatching(/1 live tracks/) },
    ]);
  });

  it('names an address that is no secure context, beside the phase that failed of it', async () => {
    const resolve = { '--disable-quic': '--host-resolver-rules="MAP meeting.test 127.0.0.1"' };
    const breakage = { browserArguments: resolve, options: { limits: { page: 5000, join: 5000 } } };
    const report = await runRules({ host: 'meeting.test', breakage });
    expect(report.ok).toBe(false);
    expect(report.lint.map(({ ruleId }) => ruleId)).toContain('web/insecure-context');
  });

  it('finds that our own page says it when it was refused', async () => {
    const { exitCode, scenarios } = await runBroken({ options: { scenarios: [refusedJoin] } });
    expect([exitCode, scenarios?.[0]?.detail]).toEqual([
      0,
      expect.stringMatching(/^the page said so after \d+ ms$/),
    ]);
  });

  it.each([
    ['', 0, []],
    ['tells-nobody', 22, ['web/join-result-unchecked']],
  ])('sees whether a page says that it was refused: %j', async (fault, exitCode, ruleIds) => {
    const report = await runRules({ fault, breakage: { options: { scenarios: [refusedJoin] } } });
    const found = report.lint.map(({ ruleId }) => ruleId);
    expect([report.exitCode, found, report.scenarios?.[0]?.detail]).toEqual([
      ...[exitCode, ruleIds],
      expect.any(String),
    ]);
  });
});
