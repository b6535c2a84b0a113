import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJunit } from '../../../src/smoke/report/junit.ts';
import { breaches, parseXml } from './junit-schema.ts';
import { failedReport, finding, passedReport, timed } from './reports.ts';

const suitesOf = (xml: string) => parseXml(xml).children;

describe('toJunit', () => {
  it('makes a case of each phase', () => {
    const xml = toJunit([timed(passedReport())]);
    expect(breaches(parseXml(xml))).toEqual([]);
    const [suite] = suitesOf(xml);
    expect(suite?.attributes).toMatchObject({ name: 'meet smoke', tests: '2', failures: '0', time: '4.130' });
    expect(suite?.attributes.timestamp).toBe('2026-11-20T15:00:00');
    expect(suite?.children.filter(({ name }) => name === 'testcase').map(each => each.attributes)).toEqual([
      { name: 'browser', classname: 'meet.smoke.phase', time: '0.412' },
      { name: 'media', classname: 'meet.smoke.phase', time: '0.300' },
    ]);
  });

  it('tells a failure with its cause and exit code', () => {
    const xml = toJunit([timed(failedReport())]);
    const [suite] = suitesOf(xml);
    const [failure] =
      suite?.children.flatMap(({ children }) => children.filter(({ name }) => name === 'failure')) ?? [];
    expect(failure).toMatchObject({
      attributes: { message: "bob's camera never started (exit code 17)", type: 'phase' },
      text: "bob's camera never started (exit code 17)",
    });
  });

  it('makes a case of each scenario and of each finding that is an error', () => {
    const report = passedReport({
      ok: false,
      exitCode: 21,
      scenarios: [
        { name: 'mute', ok: true, ms: 12, detail: 'heard nothing', figures: {} },
        { name: 'rejoin', ok: false, ms: 30, detail: 'bob stayed out', figures: {} },
        { name: 'screen', ok: true, skipped: true, ms: 0, detail: 'no screen here', figures: {} },
      ],
      lint: [finding(), finding({ severity: 'warning', ruleId: 'web/second-session', person: null })],
    });
    const xml = toJunit([timed(report)]);
    expect(breaches(parseXml(xml))).toEqual([]);
    expect(parseXml(xml).attributes).toMatchObject({ tests: '6', failures: '2', skipped: '1' });
    expect(xml).toContain('<skipped message="no screen here"/>');
    expect(xml).toContain('name="web/token-logged (alice)" classname="meet.smoke.lint"');
    expect(xml).toContain('warning web/second-session');
  });

  it('makes a suite of each of many runs', () => {
    const xml = toJunit([timed(passedReport()), timed(failedReport())]);
    expect(breaches(parseXml(xml))).toEqual([]);
    expect(suitesOf(xml).map(({ attributes: { name, failures } }) => [name, failures])).toEqual([
      ['meet smoke, run 1', '0'],
      ['meet smoke, run 2', '1'],
    ]);
  });

  it.each([
    [23, 'the time of the run was over (exit code 23)'],
    [130, 'interrupted (exit code 130)'],
  ])('has a failed case also for a run that came to no phase, exit code %d', (exitCode, words) => {
    const xml = toJunit([timed(passedReport({ ok: false, exitCode, phases: [] }))]);
    expect(breaches(parseXml(xml))).toEqual([]);
    expect(xml).toContain(words);
  });

  it('is well-formed for any text, and keeps what XML can carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), detail => {
        const report = failedReport();
        const phases = [{ name: 'camera' as const, ok: false, ms: 1, detail }];
        expect(breaches(parseXml(toJunit([timed({ ...report, phases })])))).toEqual([]);
      }),
    );
    const detail = '\u001b[31m<b> & "q"\u0000\u001b[0m\n\tline ]]> \ud800 €😀';
    const xml = toJunit([
      timed({ ...failedReport(), phases: [{ name: 'camera', ok: false, ms: 1, detail }] }),
    ]);
    const [suite] = suitesOf(xml);
    const failed = suite?.children.find(
      ({ children }) => children.length > 0 && children[0]?.name === 'failure',
    );
    expect(failed?.children[0]?.attributes.message).toBe('<b> & "q"\n\tline ]]>  €😀 (exit code 17)');
  });
});
