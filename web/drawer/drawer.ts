import type { Clock } from '../clock.ts';
import type { PageConfig } from '../config.ts';
import type { PageLink } from '../link.ts';
import type { Book } from './book.ts';
import css from './drawer.css';
import { createMeter, type Meter } from './meter.ts';
import { createNetwork } from './network.ts';
import { createOverview } from './overview.ts';
import { writeReport } from './report.ts';
import { createReportView } from './report-view.ts';
import { createShell } from './shell.ts';
import { createTabs } from './tabs.ts';
import { createTimeline, type Timeline } from './timeline-view.ts';
import { createTokens } from './tokens.ts';
import { isLoopback } from './wanted.ts';
import { words } from './words.ts';

export interface DrawerOptions {
  readonly config: PageConfig;
  readonly link: PageLink;
  readonly clock: Clock;
  readonly book: Book;
  /** Who asks for the events of this meeting; null for nobody any more. */
  readonly streamToken: () => string | null;
}

const IN_CALL = ['joined', 'lost'];
const CLOCKS_AGREE_MS = 2_000;

/** Puts the drawer's handle at the edge of the page. Until somebody pulls it, nothing is measured or asked of the server. */
export function mountDrawer(options: DrawerOptions): void {
  const { config, link, clock, book, streamToken } = options;
  const shell = createShell(css);
  const meter = createMeter(book.connections, () => refresh());
  const tabs = createTabs(shell.at('tabs'), shell.at('panels'), words.tabs, () => refresh(true));
  const sight = { config, book, meter, sessionId: link.sessionId, now: clock.now };
  const timeline = createTimeline(tabs.panelOf('timeline'), {
    link,
    book,
    streamToken: config.backend === 'emulator' ? streamToken : null,
    offset: () => clockOffset(clock),
  });
  const renewReport = createReportView(tabs.panelOf('report'), () => reportOf(options, meter, timeline));
  const views = {
    overview: createOverview(tabs.panelOf('overview'), sight),
    tokens: createTokens(tabs.panelOf('tokens'), sight),
    network: createNetwork(tabs.panelOf('network'), sight),
    timeline: { refresh: () => {} },
    report: { refresh: () => {} },
  };

  function refresh(selected = false): void {
    if (!shell.isOpen()) return;
    views[tabs.selected as keyof typeof views].refresh();
    if (selected && tabs.selected === 'timeline') timeline.show();
    if (selected && tabs.selected === 'report') renewReport();
  }
  shell.onOpen(() => {
    meter.start();
    refresh(true);
    tabs.focus();
  });
  followWhileInCall(shell.onOpen, book, timeline);
}

/** What the page knows of the server's clock is late by an answer's way; where clocks are set by the network, they agree better. */
function clockOffset({ now }: Clock): number {
  const offset = now() - Date.now();
  return Math.abs(offset) > CLOCKS_AGREE_MS ? offset : 0;
}

/** From the first look on, and whenever there is a call. */
function followWhileInCall(onOpen: (listener: () => void) => void, book: Book, timeline: Timeline): void {
  let looked = false;
  let call: AbortController | null = null;
  function decide(): void {
    const inCall = IN_CALL.includes(document.body.dataset.state ?? '');
    if (looked && inCall && !call) {
      call = new AbortController();
      timeline.follow(call.signal);
    }
    if (!inCall) {
      call?.abort();
      call = null;
    }
  }
  onOpen(() => {
    looked = true;
    decide();
  });
  book.listen(decide);
}

function reportOf({ config, link, clock, book }: DrawerOptions, meter: Meter, timeline: Timeline): string {
  return writeReport({
    now: clock.now(),
    config,
    state: document.body.dataset.state ?? '',
    sessionId: link.sessionId,
    role: book.facts.role,
    loopback: isLoopback(location.hostname),
    userAgent: navigator.userAgent,
    route: meter.route,
    rates: meter.rates,
    tokens: book.tokens,
    moments: timeline.moments,
    known: { secrets: [link.key, link.invite].filter(Boolean).map(String), people: book.people },
  });
}
