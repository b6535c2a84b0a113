import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { copyApp, provideSdk, type Scaffold } from '../init/web/scaffold.ts';
import { findOrigin, runSmoke } from './smoke-command.ts';

const MET = {
  ok: true,
  exitCode: 0,
  backend: 'emulator',
  media: { alice: { sees: ['bob'], hears: ['bob'] }, bob: { sees: ['alice'], hears: ['alice'] } },
  cleanup: { openConnections: 0, liveTracks: 0 },
};

let app: Scaffold | undefined;

beforeAll(provideSdk);

afterEach(() => app?.remove());

/** The vendor's SDK is 4.2.6 here, behind v5's names: v5 cannot be installed where this is tested. */
describe('an app that meet init web wrote call sessions into', () => {
  it.each([
    // In TypeScript, under StrictMode, served by Vite in Express
    ['react-express'],
    // In JavaScript, built and served by Fastify
    ['vue-fastify'],
    // In TypeScript, its server in JavaScript, served by Vite in Express
    ['svelte-express'],
    // In JavaScript without a framework, its server in CommonJS
    ['vanilla-fastify'],
    // The app router, by next dev
    ['next'],
  ])(
    'passes meet check and meet smoke: %s',
    async name => {
      app = copyApp(name);
      expect(app.meet('init', 'web')).toMatchObject({ code: 0 });
      const { findings, summary } = JSON.parse(app.meet('check', '--json').stdout);
      expect({ findings, isSeen: summary.files > 10 }).toEqual({ findings: [], isSeen: true });
      const origin = await findOrigin();
      const env = { APP_URL: origin, PORT: new URL(origin).port };
      const { exitCode, report, stderr } = await runSmoke(
        ['--url', `${origin}/meet/{sessionId}?as={uid}`],
        env,
        app.folder,
      );
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(report).toMatchObject(MET);
      // Each starts an app of its own, and next dev compiles while it is asked.
    },
    180_000,
  );
});
