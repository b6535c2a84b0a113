import { DEADLINE_EXIT_CODE, INTERRUPTED_EXIT_CODE, SCENARIO_EXIT_CODE } from '../../phase.ts';
import type { SmokeReport } from '../../report/report.ts';
import type { Evidence } from '../evidence.ts';
import { ADVICE } from './advice.ts';
import { renderFaces } from './faces.ts';
import { type Html, html } from './html.ts';
import { count, duration } from './words.ts';

/** Passed or not, why, what to mend, and what the run stood on. */
export function renderVerdict(evidence: Evidence): Html {
  const { report, totalMs, traces } = evidence;
  const { title, cause, advice } = judge(report);
  return html`<header class="verdict ${report.ok ? 'good' : 'bad'}">
<div class="words"><p class="brand">meet smoke</p>
<h1>${mark(report.ok)}<span>${title}</span></h1>
<p class="lead">${cause} <span class="nowrap">${duration(totalMs)}</span>, exit code ${report.exitCode}.</p>
${advice && html`<p class="mend"><strong>What to mend.</strong> ${advice}</p>`}
${report.notice && html`<p class="mend"><strong>Note.</strong> ${report.notice}</p>`}
${traces.length > 0 && renderTraces(traces)}
</div>
${renderFaces(evidence)}
${renderFacts(evidence)}
</header>`;
}

interface Judgement {
  readonly title: string;
  readonly cause: string;
  readonly advice: string | null;
}

/** In words: the title, the cause, and what to do. Pure. */
export function judge(report: SmokeReport): Judgement {
  const { ok, exitCode, phases, scenarios = [] } = report;
  const failed = phases.find(phase => !phase.ok);
  const broken = scenarios.filter(scenario => !scenario.ok);
  const cause = endSentence(failed?.detail ?? '');
  const advice = failed ? ADVICE[failed.name] : null;
  if (ok) return { title: 'Passed', cause: praise(report), advice: null };
  if (exitCode === INTERRUPTED_EXIT_CODE)
    return {
      title: 'Interrupted',
      cause: `Stopped by hand${failed ? ` during ${failed.name}` : ''}.`,
      advice: null,
    };
  if (exitCode === DEADLINE_EXIT_CODE)
    return { title: `Out of time${failed ? ` in ${failed.name}` : ''}`, cause, advice };
  if (failed) return { title: `Failed in ${failed.name}`, cause, advice };
  if (exitCode === SCENARIO_EXIT_CODE)
    return judgeScenarios(
      broken.map(({ name }) => name),
      broken[0]?.detail,
    );
  return { title: 'Failed', cause: '', advice: null };
}

function judgeScenarios(names: readonly string[], detail = ''): Judgement {
  return {
    title: `Failed: ${count(names.length, 'scenario')}`,
    cause: `The meeting was good, but not ${names.join(', ')}.`,
    advice: endSentence(detail),
  };
}

function praise({ media, scenarios = [] }: SmokeReport): string {
  const people = listNames(Object.keys(media));
  const tried = scenarios.filter(({ skipped }) => !skipped).length;
  const met = people
    ? `${people} met, saw and heard each other, and left nothing behind.`
    : 'All phases went well.';
  return tried === 0 ? met : `${met} ${count(tried, 'scenario')} went well too.`;
}

function listNames(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}

function endSentence(words: string): string {
  return words === '' || /[.!?]$/.test(words) ? words : `${words}.`;
}

function mark(ok: boolean): Html {
  const path = ok ? 'M7 12.5l3.5 3.5L17 9' : 'M8 8l8 8M16 8l-8 8';
  return html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="11"/><path d="${path}"/></svg>`;
}

function renderTraces(files: readonly string[]): Html {
  const links = files.map(file => html`<li><a href="${file}"><code>${file}</code></a></li>`);
  return html`<div class="mend"><strong>Playwright traces</strong>, to be opened with <code>npx playwright show-trace</code>:<ul>${links}</ul></div>`;
}

function renderFacts({ report, startedAt, versions }: Evidence): Html {
  const { sdk, browser, backend } = report;
  const facts: readonly (readonly [string, string])[] = [
    ['Begun', `${new Date(startedAt).toISOString().replace('T', ' ').slice(0, 19)} UTC`],
    ['meet', versions.meet],
    ['SDK', sdk ? `${sdk.name} ${sdk.version}` : 'not loaded'],
    ['Browser', browser ?? 'none started'],
    ['Behind the page', backend === 'emulator' ? 'the emulator, offline' : 'CometChat’s cloud'],
    ['Machine', `Node ${versions.node}, ${versions.system}`],
  ];
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
