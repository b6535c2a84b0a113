import { describe, expect, it } from 'vitest';
import { summarize } from '../../../src/smoke/report/summary.ts';
import { toTap } from '../../../src/smoke/report/tap.ts';
import { verdict } from '../scenarios/stand-ins.ts';
import { failedReport, passedReport, plain, timed } from './reports.ts';

describe('summarize', () => {
  it('tells of a run that passed who saw and heard whom', () => {
    expect(summarize(passedReport(), 4130, plain)).toMatchInlineSnapshot(`
      "         sees   hears  frames
        alice  bob    bob    12
        bob    alice  alice  9

        gone for the other  43 ms after leaving, 31 ms after closing the tab
        left behind         0 connections, 0 tracks
        sdk                 @cometchat/calls-sdk-javascript 4.2.6
        browser             chromium 156.0
        behind the page     the local stand-in: no account, no internet

        passed in 4.1 s: two people met, parted and met again"
    `);
  });

  it('tells of a run that failed the phase and the cause, and nothing it does not know', () => {
    expect(summarize(failedReport(), 12_345, plain)).toMatchInlineSnapshot(`
      "  sdk              @cometchat/calls-sdk-javascript 4.2.6
        browser          chromium 156.0
        behind the page  the local stand-in: no account, no internet

        failed in camera after 12.3 s (exit code 17)
        bob's camera never started
        look at it: the same with --headed --keep"
    `);
  });

  it('says so when somebody saw and heard nobody', () => {
    const media = { alice: { sees: [], hears: [], framesDecoded: 0 } };
    expect(summarize(passedReport({ media }), 1, plain)).toContain('alice  nobody  nobody  0');
  });

  it('names a crowd by its number where nobody is missing in it', () => {
    const crowd = ['ann', 'bob', 'cid', 'dan', 'eve'];
    const others = (name: string) => crowd.filter(other => other !== name);
    const entries = crowd.map(name => [name, { sees: others(name), hears: ['eve'], framesDecoded: 5 }]);
    const text = summarize(passedReport({ media: Object.fromEntries(entries) }), 1, plain);
    expect(text).toContain('  ann  all 4 others  eve    5');
    expect(text).toContain('5 people met');
  });

  it('counts nobody as met whom the browser denied her devices', () => {
    const media = {
      ...passedReport().media,
      eve: { sees: [], hears: [], framesDecoded: 0, refused: 'eve was refused her devices' },
    };
    const text = summarize(passedReport({ media }), 1, plain);
    expect(text).toContain('two people met');
    expect(text).toContain('eve    denied  denied  0');
  });

  it('takes nothing from a page that could be a command to whoever reads it', () => {
    const detail = '::set-output name=x::1\n\u001b[2J##[error]no';
    const phases = [{ name: 'page', ok: false, ms: 900, detail }] as const;
    const text = summarize(passedReport({ ok: false, exitCode: 15, phases }), 900, plain);
    expect(text).toContain('\n  : :set-output name=x::1 # #[error]no\n');
  });

  it('tells scenarios in a table, and blames the one that failed', () => {
    const scenarios = [
      verdict({ name: 'fault-loss', ms: 6120, figures: { feltMs: 410, recoveredMs: 92, lostPercent: 21 } }),
      verdict({ name: 'mute', ok: false, ms: 900, detail: 'bob went on hearing alice' }),
      verdict({ name: 'screen-share', skipped: true, ms: 0, detail: 'the page has no such button' }),
    ];
    const text = summarize(passedReport({ ok: false, exitCode: 22, scenarios }), 20_000, plain);
    expect(text.split('\n').slice(-8).join('\n')).toMatchInlineSnapshot(`
      "
          scenario                   ms  measured, in ms
        ✓ fault-loss    held       6120  felt 410, recovered 92, lostPercent 21
        ✗ mute          failed      900  bob went on hearing alice
        - screen-share  skipped          the page has no such button

        failed in mute after 20.0 s (exit code 22); scenarios: 1 held, 1 failed, 1 skipped
        bob went on hearing alice"
    `);
    expect(summarize(passedReport({ scenarios: scenarios.slice(0, 1) }), 1, plain)).toContain(
      'met again; scenarios: 1 held',
    );
  });

  it('blames a scenario before the rules that were broken as well', () => {
    const report = passedReport({
      ok: false,
      exitCode: 22,
      phases: [{ name: 'lint', ok: false, ms: 9, detail: 'web/token-logged is broken (alice)' }],
      scenarios: [verdict({ name: 'mute-seen', ok: false, detail: 'bob went on hearing alice' })],
    });
    expect(summarize(report, 1, plain)).toContain('failed in mute-seen after 1 ms (exit code 22)');
    expect(toTap([timed(report)])).toContain('exitCode: 21');
  });

  it('blames nobody for an interruption', () => {
    const phases = [{ name: 'page', ok: false, ms: 900, detail: 'interrupted' }] as const;
    const text = summarize(passedReport({ ok: false, exitCode: 130, phases }), 900, plain);
    expect(text).toMatch(/\n {2}interrupted in page after 900 ms$/);
  });

  it('names the cloud as the cloud', () => {
    expect(summarize(passedReport({ backend: 'cloud' }), 1, plain)).toContain("CometChat's cloud");
  });
});
