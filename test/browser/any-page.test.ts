import { describe, expect, it, onTestFinished } from 'vitest';
import { servePeerJs } from '../fixtures/pages/peerjs/serve.ts';
import { planFor } from '../fixtures/pages/plan.ts';
import { serveSimplePeer } from '../fixtures/pages/simple-peer/serve.ts';
import { failureOf, runBroken } from './smoke-run.ts';

/** Both saw and heard the other, and nothing was left behind. */
const MET = {
  ok: true,
  sdk: null,
  media: { alice: { sees: ['bob'], hears: ['bob'] }, bob: { sees: ['alice'], hears: ['alice'] } },
  cleanup: { openConnections: 0, liveTracks: 0 },
};

describe('a page that is not ours', () => {
  it('on PeerJS, with a name to fill in and a button of its own words', async () => {
    const { link, stop } = await servePeerJs();
    onTestFinished(stop);
    const fill = [{ selector: '[name="name"]', text: '{name} of {sessionId}' }];
    const page = planFor(link, { fill, join: 'text=Enter the room' });
    const report = await runBroken({ options: { page } });
    expect(failureOf(report)).toEqual({ exitCode: 0 });
    expect(report).toMatchObject(MET);
    expect(report.phases.map(({ name }) => name)).toEqual([
      ...['browser', 'serve', 'page', 'join', 'camera', 'media'],
      ...['leave', 'rejoin', 'media again', 'close', 'cleanup'],
    ]);
  });

  it("on simple-peer, in another origin's iframe, that joins by itself", async () => {
    const { link, stop } = await serveSimplePeer();
    onTestFinished(stop);
    const report = await runBroken({ options: { page: planFor(link) } });
    expect(failureOf(report)).toEqual({ exitCode: 0 });
    expect(report).toMatchObject(MET);
  });
});
