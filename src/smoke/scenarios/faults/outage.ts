import { smokeFailure } from '../../phase.ts';
import { SECOND } from '../../scene.ts';
import { needsEmulator } from '../house-rules.ts';
import { untilAlive, untilStill } from '../life.ts';
import type { Scenario } from '../scenario.ts';
import { openTrouble } from './trouble.ts';

export const outage: Scenario = {
  name: 'fault-outage',
  title: 'nothing gets through to and from alice for 3 s: pictures stand still, and move again',
  limitMs: 90 * SECOND,
  unfit: needsEmulator,
  async play(stage) {
    const { signal } = stage;
    const { people, add } = await openTrouble(stage);
    const fault = await add({ outage: '3s' });
    const stillAt = await untilStill({ people, since: fault.from, signal });
    if (stillAt > fault.until)
      throw smokeFailure('the fault was not felt: pictures stood still only after it');
    const aliveAt = await untilAlive({ people, since: fault.until, signal, after: 'after an outage of 3 s' });
    const [feltMs, recoveredMs] = [stillAt - fault.from, aliveAt - fault.until];
    return {
      detail: `both stood still after ${feltMs} ms, and saw and heard each other ${recoveredMs} ms after its end`,
      figures: { feltMs, recoveredMs },
    };
  },
};
