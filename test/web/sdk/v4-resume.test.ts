import { expect, it } from 'vitest';
import { mendResume } from '../../../web/sdk/v4-resume.ts';

const BIND_REQUIRED = 11;

/** Strophe with its stream management, as SDK 4.2.6 has them. */
function createConnection() {
  const strophe = {
    handlers: ['room', 'jingle'] as unknown[],
    streamManagement: {
      _resumeState: { handlers: ['room', 'jingle'] },
      statuses: [] as number[],
      statusChanged(this: { statuses: number[] }, status: number) {
        this.statuses.push(status);
      },
    },
  };
  const conference = { connection: { xmpp: { connection: { _stropheConn: strophe } } } };
  /** One incoming stanza, during which a status changes: what the handlers leave is assigned at its end. */
  const receive = (status: number) => {
    strophe.streamManagement.statusChanged(status);
    strophe.handlers = ['features'];
  };
  return { strophe, conference, receive };
}

it('puts the handlers back that Strophe overwrites while it resumes', async () => {
  const { strophe, conference, receive } = createConnection();
  mendResume(conference);
  mendResume(conference);
  receive(BIND_REQUIRED);
  await Promise.resolve();
  expect(strophe.handlers).toEqual(['room', 'jingle', 'features']);
  expect(strophe.streamManagement.statuses).toEqual([BIND_REQUIRED]);
});

it('leaves everything else alone', async () => {
  const { strophe, conference, receive } = createConnection();
  mendResume(conference);
  receive(5);
  await Promise.resolve();
  expect(strophe.handlers).toEqual(['features']);
});

it.each([
  undefined,
  {},
  { connection: {} },
  { connection: { xmpp: { connection: { _stropheConn: { handlers: [] } } } } },
])('has nothing to mend in %j', conference => expect(() => mendResume(conference)).not.toThrow());
