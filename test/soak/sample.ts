import type { Page } from 'playwright-core';

/** What one page has received, and what it holds. */
export interface PageSample {
  readonly frames: number;
  readonly freezes: number;
  readonly soundBytes: number;
  readonly heapBytes: number;
  readonly connections: number;
}

export async function readPage(page: Page): Promise<PageSample> {
  // A string: it runs in the page, whose types this file does not know.
  return page.evaluate(`(async () => {
    const sum = { frames: 0, freezes: 0, soundBytes: 0 };
    for (const report of await __watch.inbound()) {
      if (report.kind === 'audio') sum.soundBytes += report.bytesReceived;
      else { sum.frames += report.framesDecoded; sum.freezes += report.freezeCount ?? 0; }
    }
    return { ...sum, heapBytes: performance.memory.usedJSHeapSize, connections: __watch.held().connections };
  })()`);
}
