import { describe, expect, it, onTestFinished } from 'vitest';
import type { PagePlan } from '../../src/smoke/pages/page-plan.ts';
import type { PhaseLimits } from '../../src/smoke/phase-runner.ts';
import { servePeerJs } from '../fixtures/pages/peerjs/serve.ts';
import { planFor } from '../fixtures/pages/plan.ts';
import { serveHtml } from '../fixtures/pages/serve-html.ts';
import { failureOf, runBroken } from './smoke-run.ts';

interface Broken {
  readonly body: string;
  readonly path?: string;
  readonly plan?: Partial<PagePlan>;
  readonly limits?: PhaseLimits;
}

async function failOn({ body, path = '/', plan, limits }: Broken) {
  const { origin, stop } = await serveHtml(body);
  onTestFinished(stop);
  return failureOf(await runBroken({ options: { page: planFor(origin + path, plan), limits } }));
}

/** A page that gets as far as a camera. */
const JOINS = `<button onclick="navigator.mediaDevices.getUserMedia({ video: true, audio: true })">Join</button>`;

/** Two connections of one page with each other, so that one person needs nobody else. */
const CONNECTS = `<script>
  async function join() {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
    const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
    a.onicecandidate = ({ candidate }) => b.addIceCandidate(candidate);
    b.onicecandidate = ({ candidate }) => a.addIceCandidate(candidate);
    for (const track of stream.getTracks()) a.addTrack(track, stream);
    await a.setLocalDescription();
    await b.setRemoteDescription(a.localDescription);
    await b.setLocalDescription();
    await a.setRemoteDescription(b.localDescription);
  }
</script>`;

describe('a page that is not ours, and broken', () => {
  it.each<[string, Broken, number, string, RegExp]>([
    [
      'is not there',
      { body: '', path: '/meet/{sessionId}' },
      15,
      'page',
      /^(alice|bob)'s page http:\/\/localhost:\d+\/meet\/[-0-9a-f]{36} answered 404$/,
    ],
    [
      'has no way in that is known',
      { body: '<button>Order</button>', limits: { page: 1500 } },
      15,
      'page',
      /alice's page asked for no camera by itself.*--join SELECTOR \(the page has "Order"\)/,
    ],
    [
      'has no such button',
      { body: '<button>Join</button>', plan: { join: '#joni' }, limits: { page: 1500 } },
      15,
      'page',
      /nothing on alice's page matches --join #joni.*\(the page has "Join"\)/,
    ],
    [
      'has no such field',
      {
        body: '<button>Join</button>',
        plan: { fill: [{ selector: '#who', text: '' }] },
        limits: { page: 1500 },
      },
      15,
      'page',
      /nothing on alice's page matches --fill #who/,
    ],
    [
      'is looked at with a selector that is none',
      { body: JOINS, plan: { join: '##' } },
      15,
      'page',
      /^a selector cannot be read: .*"##"/,
    ],
    [
      'has a button that only throws',
      { body: `<button onclick="throw new Error('no room')">Join</button>`, limits: { join: 1500 } },
      16,
      'join',
      /alice pressed "Join", but the page neither asked for a camera nor opened a connection; the page threw: no room/,
    ],
    [
      'has a camera and calls nobody, and says so',
      { body: `${JOINS}<p role="alert">The room is\nfull.</p>`, limits: { join: 1500 } },
      16,
      'join',
      /alice pressed "Join" and has a camera, but the page opened no connection; the page says "The room is full\."/,
    ],
    [
      'is cut off from its signalling',
      {
        body: `<script>new WebSocket('ws://localhost:9/signalling')</script>${JOINS}`,
        limits: { join: 1500 },
      },
      16,
      'join',
      /its socket ws:\/\/localhost:9\/signalling was closed with 1006/,
    ],
    [
      'connects to itself only',
      { body: `${CONNECTS}<button onclick="join()">Join</button>`, limits: { media: 1500 } },
      18,
      'media',
      /joined, but (alice|bob)'s video never arrived|no <video> shows it/,
    ],
  ])('that %s', async (_, broken, exitCode, phase, words) => {
    expect(await failOn(broken)).toEqual({ exitCode, phase, words: expect.stringMatching(words) });
  });

  it('that nobody serves', async () => {
    const { origin, stop } = await serveHtml('');
    await stop();
    const failure = failureOf(await runBroken({ options: { page: planFor(origin) } }));
    expect(failure).toEqual({
      exitCode: 15,
      phase: 'page',
      words: expect.stringMatching(/did not open: nothing answers there; does it run\? --serve/),
    });
  });

  it.each<[string, string | undefined, number, string, RegExp]>([
    ['no such way out', '#hang-up', 19, 'leave', /nothing on alice's page matches --leave #hang-up/],
    ['a way out that does nothing', '#who', 19, 'leave', /gave back neither a connection nor a camera/],
  ])('that has %s', async (_, leave, exitCode, phase, words) => {
    const { link, stop } = await servePeerJs();
    onTestFinished(stop);
    const fill = [{ selector: '[name="name"]', text: '{name}' }];
    const page = planFor(link, { fill, join: 'text=Enter the room', leave });
    const report = await runBroken({ options: { page, limits: { leave: 7000 } } });
    expect(failureOf(report)).toEqual({ exitCode, phase, words: expect.stringMatching(words) });
  });
});
