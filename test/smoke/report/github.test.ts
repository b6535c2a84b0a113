import { describe, expect, it } from 'vitest';
import { toAnnotations } from '../../../src/smoke/report/github-annotations.ts';
import { toStepSummary } from '../../../src/smoke/report/github-summary.ts';
import { escapeMarkdown } from '../../../src/smoke/report/markdown.ts';
import { failedReport, finding, passedReport, timed } from './reports.ts';

describe('toAnnotations', () => {
  it('has nothing to say of a run that passed', () => {
    expect(toAnnotations([timed(passedReport())])).toEqual([]);
  });

  it('tells failures and findings, each in one line that means nothing else', () => {
    const detail = '100 %, no:\r\n::set-output name=a::b';
    const report = { ...failedReport(), phases: [{ name: 'camera' as const, ok: false, ms: 1, detail }] };
    const lint = [
      finding({ severity: 'warning', message: 'look' }),
      finding({ severity: 'info', message: 'see' }),
    ];
    expect(toAnnotations([timed({ ...report, lint })])).toEqual([
      '::error title=meet smoke%3A camera (exit code 17)::100 %25, no:%0A::set-output name=a::b',
      '::warning title=meet smoke%3A web/token-logged::look',
      '::notice title=meet smoke%3A web/token-logged::see',
    ]);
  });

  it('says which of many runs, and no more than GitHub shows', () => {
    const lines = toAnnotations(Array.from({ length: 12 }, () => timed(failedReport())));
    expect(lines).toHaveLength(10);
    expect(lines[1]).toMatch(/^::error title=meet smoke%2C run 2%3A camera \(exit code 17\)::bob's camera/);
  });
});

describe('toStepSummary', () => {
  it('tells a run that passed', () => {
    expect(toStepSummary([timed(passedReport())])).toMatchInlineSnapshot(`
      "## ✅ meet smoke passed in 4.1 s

      |  | sees | hears | frames |
      | --- | --- | --- | --- |
      | alice | bob | bob | 12 |
      | bob | alice | alice | 9 |

      <details><summary>Phase by phase</summary>

      |  | name | time |  |
      | --- | --- | --- | --- |
      | ✅ | browser | 412 ms | chromium 156.0 |
      | ✅ | media | 300 ms |  |

      </details>

      &#64;cometchat&#47;calls-sdk-javascript 4.2.6, chromium 156.0, the local stand-in

      "
    `);
  });

  it('tells a run that failed, with its cause, scenarios and findings', () => {
    const scenarios = [{ name: 'mute', ok: false, ms: 30, detail: 'still heard', figures: {} }];
    const text = toStepSummary([timed({ ...failedReport(), scenarios, lint: [finding()] })]);
    expect(text).toContain("**camera**: bob's camera never started");
    expect(text).toContain('<details open><summary>Phase by phase</summary>');
    expect(text).toContain('| ❌ | mute | 30 ms | still heard |');
    expect(text).toContain('| error | web&#47;token-logged | alice | a token was logged |');
  });

  it('tells all of many runs, and the first failure in full', () => {
    const text = toStepSummary([timed(passedReport()), timed(failedReport())]);
    expect(text).toContain('## ❌ meet smoke: 1 of 2 runs passed');
    expect(text).toContain(
      "| 2 | ❌ | 4.1 s | camera&#58; bob's camera never started &#40;exit code 17&#41; |",
    );
    expect(text).toContain('### The first failure');
  });
});

describe('escapeMarkdown', () => {
  it.each([
    ['a | b', 'a &#124; b'],
    ['<img src=x>', '&#60;img src&#61;x&#62;'],
    ['@team [a](b) `c`\n# d', '&#64;team &#91;a&#93;&#40;b&#41; &#96;c&#96; &#35; d'],
    ['Zoë, 会議 😀', 'Zoë, 会議 😀'],
  ])('shows %j as it is', (text, markdown) => {
    expect(escapeMarkdown(text)).toBe(markdown);
  });

  it('cuts what is too long', () => {
    expect(escapeMarkdown('x'.repeat(1000))).toBe(`${'x'.repeat(600)}…`);
  });
});
