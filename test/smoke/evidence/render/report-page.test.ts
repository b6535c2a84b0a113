import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chooseFaces } from '../../../../src/smoke/evidence/render/faces.ts';
import { html } from '../../../../src/smoke/evidence/render/html.ts';
import { buildLanes } from '../../../../src/smoke/evidence/render/lanes.ts';
import { renderReport } from '../../../../src/smoke/evidence/render/report-page.ts';
import { renderRuns } from '../../../../src/smoke/evidence/render/runs-page.ts';
import { judge } from '../../../../src/smoke/evidence/render/verdict.ts';
import { evidenceWith, personWith, reportWith } from '../evidences.ts';

const VIEW = { style: 'p{}', script: 'f();' };
const EVIL = `</td></title><script>evil()</script><img src=x onerror='evil()' alt="`;

describe('HTML from a template', () => {
  it.each([
    ['markup', '<b>&"\'', '&lt;b&gt;&amp;&quot;&#39;'],
    ['nothing', null, ''],
    ['a number', 0, '0'],
    ['a list', ['<', html`<i>`], '&lt;<i>'],
    ['control characters', '\u0000\u001b[31m\u202e', '\ufffd\ufffd[31m\ufffd'],
  ])('takes %s', (_, part, text) => {
    expect(html`${part}`.text).toBe(text);
  });
});

describe('the report page', () => {
  it('lets no text of a page become markup, wherever it stands', () => {
    const event = { t: 1, kind: EVIL, text: EVIL, tone: 'bad' } as const;
    const page = renderReport(
      evidenceWith({
        report: reportWith({
          ...{ ok: false, exitCode: 18, browser: EVIL, sdk: { name: EVIL, version: EVIL }, notice: EVIL },
          phases: [{ name: 'media', ok: false, ms: 1, detail: EVIL }],
          scenarios: [{ name: EVIL, ok: false, ms: 1, detail: EVIL, figures: { [EVIL]: 1 } }],
          media: { [EVIL]: { sees: [EVIL], hears: [EVIL], framesDecoded: 1 } },
          lint: [{ ruleId: EVIL, severity: 'error', message: EVIL, person: EVIL, t: 1 }],
        }),
        acts: [{ kind: 'phase', name: EVIL, start: 0, end: null, ok: null }],
        people: [
          personWith({
            ...{ name: EVIL, role: EVIL, reason: EVIL, events: [event] },
            lines: [{ t: 1, level: 'error', text: EVIL, place: EVIL }],
            requests: [
              { t: 1, method: EVIL, url: EVIL, status: null, ms: null, failure: EVIL, result: EVIL },
            ],
            connections: [
              { id: EVIL, state: EVIL, ice: EVIL, streams: [], pairs: [], local: [], remote: [] },
            ],
          }),
        ],
        server: [event],
        pictures: [{ t: 1, person: EVIL, act: EVIL, source: EVIL }],
        traces: [EVIL],
      }),
      VIEW,
    );
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/<img src=x|onerror='/);
    expect(page.match(/&lt;script&gt;evil/g)?.length).toBeGreaterThan(20);
  });

  it('has a policy that knows the hashes of its own style and script, and nothing of a network', () => {
    const page = renderReport(evidenceWith({}), VIEW);
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const hash = (text: string) => `&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`;
    expect(policy.split('; ')).toEqual([
      ...['default-src &#39;none&#39;', 'img-src data:'],
      ...[`style-src ${hash('p{}')}`, `script-src ${hash('f();')}`],
      ...['base-uri &#39;none&#39;', 'form-action &#39;none&#39;'],
    ]);
  });

  it('leaves out what there is nothing of', () => {
    const page = renderReport(evidenceWith({}), VIEW);
    expect([...page.matchAll(/<section id="(\w+)"/g)].map(([, id]) => id)).toEqual([
      ...['timeline', 'phases', 'findings', 'media'],
    ]);
  });
});

describe('the screens beside the verdict', () => {
  const picture = (person: string, act: string) => ({ t: 1, person, act, source: 'data:' });
  const people = ['alice', 'bob', 'carol', 'dan', 'eve'].map(name => personWith({ name }));
  const pictures = [
    ...['join', 'media', 'leave'].map(act => picture('alice', act)),
    ...['join', 'leave'].map(act => picture('bob', act)),
    ...['carol', 'eve'].map(name => picture(name, 'media')),
  ];

  it.each([
    ['where a run had everybody’s media', {}, ['alice media', 'bob leave', 'carol media']],
    [
      'where it broke',
      { ok: false, phases: [{ name: 'leave', ok: false, ms: 1 } as const] },
      ['alice leave', 'bob leave', 'carol media'],
    ],
  ])('are those of four people, %s', (_, report, faces) => {
    const chosen = chooseFaces(evidenceWith({ report: reportWith(report), people, pictures }));
    expect(chosen.map(({ person, act }) => `${person} ${act}`)).toEqual(faces);
  });
});

describe('the verdict', () => {
  const phase = { name: 'media', ok: false, ms: 1, detail: 'no packet came' } as const;
  const scenario = { name: 'renderer-killed', ok: false, ms: 1, detail: 'bob still saw alice', figures: {} };
  it.each([
    [{}, 'Passed', /went well/],
    [{ media: { alice: { sees: [], hears: [], framesDecoded: 1 } } }, 'Passed', /alice met/],
    [{ ok: false, exitCode: 18, phases: [phase] }, 'Failed in media', /^no packet came\.$/],
    [{ ok: false, exitCode: 23, phases: [phase] }, 'Out of time in media', /^no packet came\.$/],
    [{ ok: false, exitCode: 130, phases: [phase] }, 'Interrupted', /^Stopped by hand during media\.$/],
    [{ ok: false, exitCode: 22, scenarios: [scenario] }, 'Failed: 1 scenario', /but not renderer-killed/],
    [{ ok: false, exitCode: 1 }, 'Failed', /^$/],
  ])('of %j is %s', (values, title, cause) => {
    const judgement = judge(reportWith(values));
    expect([judgement.title, judgement.cause]).toEqual([title, expect.stringMatching(cause)]);
  });
});

describe('the lanes of the timeline', () => {
  it('are people first, then the server, and none without an event', () => {
    const event = (kind: string) => ({ t: 1, kind, text: '', tone: 'plain' }) as const;
    const line = (level: string) => ({ t: 0, level, text: level, place: '' });
    const lanes = buildLanes({
      people: [
        personWith({
          name: 'bob',
          events: [event('seen'), event('state')],
          lines: [line('log'), line('error')],
        }),
        personWith({ name: 'carol' }),
      ],
      server: [event('rest'), event('stanza'), event('dtls')],
    });
    expect(lanes.map(({ owner, title, marks }) => [owner, title, marks.map(({ kind }) => kind)])).toEqual([
      ['bob', 'page', ['error', 'state']],
      ['bob', 'media', ['seen']],
      ['server', 'server', ['rest']],
      ['server', 'signalling', ['stanza']],
      ['server', 'bridge', ['dtls']],
    ]);
  });
});

describe('the page over many runs', () => {
  it('counts, and links each one with its cause', () => {
    const failed = reportWith({
      ok: false,
      exitCode: 16,
      phases: [{ name: 'join', ok: false, ms: 1, detail: EVIL }],
    });
    const runs = [reportWith({}), failed].map(report => ({ report, totalMs: 5000, startedAt: 0 }));
    const page = renderRuns(runs, run => `run-${run}`, VIEW);
    expect(page).toContain('1 of 2 passed');
    expect(page).toContain('<a href="run-2/index.html">');
    expect(page).toContain('Failed in join');
    expect(page).not.toContain('<script>evil');
  });
});
