import { createAnyVenue } from '../pages/any-venue.ts';
import { bareLink } from '../pages/fill-in.ts';
import type { PagePlan, RunningApp } from '../pages/page-plan.ts';
import { smokeFailure } from '../phase.ts';
import { type Scene, SECOND } from '../scene.ts';
import type { Venue } from '../venue.ts';
import { bringUpServer } from './prepare.ts';
import { answers, untilAnswers } from './until-answers.ts';

/** A dev server may build first. */
const SERVE_LIMIT_MS = 60 * SECOND;

/** The private server with the emulator, and beside it what serves the user's page, where a command was given for that. */
export function openPageVenue(scene: Scene, plan: PagePlan): Promise<Venue> {
  const { origin } = bareLink(plan.url);
  let app: RunningApp | undefined;
  return scene.runner.run({
    name: 'serve',
    limitMs: SERVE_LIMIT_MS,
    async work(signal) {
      const server = await bringUpServer(scene);
      const value = createAnyVenue(plan, scene.options.cast);
      if (!plan.startApp) return { value, detail: server.url };
      if (await answers(origin))
        throw smokeFailure(
          `something answers at ${origin} already; stop it, or leave out --serve to use what is there`,
        );
      const start = performance.now();
      const running = plan.startApp();
      app = running;
      scene.undo(() => running.stop());
      await Promise.race([untilAnswers(origin, signal), failWhenEnded(running, origin)]);
      // What the browsers see depends on it from now on.
      void running.ended.then(how => scene.runner.collapse(describeEnd(running, how)));
      return { value, detail: `${origin} answers after ${Math.round(performance.now() - start)} ms` };
    },
    explain: async () =>
      app
        ? `${app.command} runs, but nothing answers at ${origin}${describeOutput(app)}`
        : 'the private server did not start',
  });
}

async function failWhenEnded(app: RunningApp, origin: string): Promise<never> {
  const how = await app.ended;
  throw smokeFailure(`${describeEnd(app, how)} before ${origin} answered${describeOutput(app)}`);
}

function describeEnd({ command }: RunningApp, how: string): string {
  return `${command} ${how}`;
}

function describeOutput(app: RunningApp): string {
  const lines = app.lastLines();
  return lines ? `; its last words: ${lines.replaceAll('\n', ' | ')}` : '; it said nothing';
}
