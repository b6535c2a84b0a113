import { describe, expect, it, onTestFinished } from 'vitest';
import { AUDIENCE, ISSUER, listenFor, startIssuer } from '../server/issuer.ts';
import { introduce, inviteTo, manage, openHouse, openRoom, swap, visit } from './house.ts';

const SECRET = 'a-secret-of-the-hook';

/** A house whose application vouches for dora by JWTs, and for whoever shows a token like `dora 1795176000` by its hook. */
async function openAppHouse() {
  const issuer = await startIssuer();
  const hook = await listenFor(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const [uid, iat] = JSON.parse(text).token.split('_');
    response.end(JSON.stringify({ uid, ...(iat && { iat: Number(iat) }) }));
  });
  const house = await openHouse({
    MEET_JWKS_URL: issuer.options.jwksUrl.href,
    MEET_JWT_ISSUER: ISSUER,
    MEET_JWT_AUDIENCE: AUDIENCE,
    MEET_JWT_SKEW: '1s',
    MEET_VERIFY_URL: hook.href,
    MEET_VERIFY_SECRET: SECRET,
  });
  onTestFinished(() => house.close());
  const seconds = () => (Date.now() + house.clock.ahead) / 1000;
  const sign = (claims: object = {}) =>
    issuer.sign({ sub: 'dora', iat: seconds(), exp: seconds() + 3_600, ...claims });
  return { house, seconds, sign };
}

const WAYS: Record<string, string | null> = { nothing: null, kick: 'kick', revoke: 'revoke' };

// `+` gets in, `-` does not, after: nothing, kick, revoke.
const TABLE: Record<string, string> = {
  'the token of before': '+ - -',
  'an identity swapped for it before': '+ - -',
  'an identity swapped for it afterwards': '+ - -',
  'an identity swapped for one without iat': '+ - -',
  'an identity swapped for an invite of before': '+ - -',
  'an identity swapped for what only the hook knows': '+ - -',
  'an identity swapped for what the hook calls older': '+ - -',
  'an identity swapped for what the hook calls newer': '+ + -',
  'a new token': '+ + -',
  'an identity swapped for a new token': '+ + -',
};

describe('what an application and its invites are swapped for', () => {
  it.each(Object.keys(WAYS))('after %s', async way => {
    const { house, seconds, sign } = await openAppHouse();
    const { server, clock } = house;
    const room = await openRoom(server);
    const [token, invite, early] = [await sign(), await inviteTo(server, room, 'dora'), seconds()];
    const swapped = await swap(server, token);
    clock.ahead += 10;
    const how = WAYS[way];
    if (how) await manage(server, 'POST', `/${room.sessionId}/${how}`, { uid: 'Dora' });
    // By more than clocks may differ, the hook's by 30 seconds.
    clock.ahead += 31_000;
    const shown: Record<string, string> = {
      'the token of before': token,
      'an identity swapped for it before': swapped,
      'an identity swapped for it afterwards': await swap(server, token),
      'an identity swapped for one without iat': await swap(server, await sign({ iat: undefined })),
      'an identity swapped for an invite of before': await introduce(server, { invite }),
      'an identity swapped for what only the hook knows': await swap(server, 'dora'),
      'an identity swapped for what the hook calls older': await swap(server, `dora_${early}`),
      'an identity swapped for what the hook calls newer': await swap(server, `dora_${seconds()}`),
      'a new token': await sign(),
      'an identity swapped for a new token': await swap(server, await sign()),
    };
    const column = Object.keys(WAYS).indexOf(way);
    for (const [what, row] of Object.entries(TABLE)) {
      const { status, body } = await visit(server, room, 'authorize', shown[what] ?? '');
      expect([what, status, body.code]).toEqual(
        row.split(' ')[column] === '+' ? [what, 200, undefined] : [what, 403, 'REMOVED'],
      );
    }
  });
});
