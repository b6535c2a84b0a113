import { SignJWT, UnsecuredJWT } from 'jose';
import type { Identity } from '../../../src/core/meeting.ts';
import { signAdmin, signIdentity, signInvite } from '../../../src/server/tokens.ts';
import { ADMIN_KEY, type Harness, HOUR, SECRET } from '../harness.ts';
import { AUDIENCE, ISSUER, type Issuer } from '../issuer.ts';
import type { Room } from './meetings.ts';
import { AGES, type Age, type Bearer, WHO, type Who } from './oracle.ts';

const SKEW = 30_000;

/** How somebody comes by their token: from us, or from the application, which may have been swapped for one of ours. */
type Way = 'ours' | 'jwt' | 'swapped';

export interface Person {
  readonly name: string;
  /** Null: nobody, whatever the header says. */
  readonly who: Bearer;
  /** The header, if one is sent. */
  authorization(room: Room): Promise<string | undefined>;
}

const EXPIRY: Record<Age, (at: number) => number> = {
  fresh: at => at + HOUR,
  'in its last second': at => at + 1000,
  over: at => at - SKEW,
  'over by its own clock': at => at - SKEW + 1000,
};

const UIDS: Record<Who, string> = {
  // As a server with the cloud makes them.
  'a guest': 'guest-gina00000000000000000',
  'a guest who claims a listed uid': 'lisa',
  "a guest who claims a host's uid": 'hanna',
  invited: 'lisa',
  'invited as host': 'lisa',
  'invited before a narrowing': 'lisa',
  'invited as host elsewhere': 'lisa',
  'invited, then revoked': 'rex',
  'unlisted, of the app': 'nora',
  'listed, of the app': 'lisa',
  'host of the meeting, of the app': 'hanna',
  'host of all, of the app': 'sam',
  'kicked, of the app': 'kim',
  'kicked, come again, of the app': 'kim',
};

const isOfApp = (who: Who) => who.endsWith('of the app');

function inviteFor(who: Who, { sessionId, accessVersion }: Room): Pick<Identity, 'invite'> {
  if (!who.startsWith('invited')) return {};
  const invite = {
    sessionId: who.endsWith('elsewhere') ? 'room-elsewhere' : sessionId,
    role: who.includes('as host') ? ('host' as const) : ('guest' as const),
    accessVersion: who.endsWith('narrowing') ? accessVersion - 1 : accessVersion,
  };
  return { invite };
}

/** One who is known to us as `who`, with a token of that age. */
function makePerson(harness: Harness, issuer: Issuer, who: Who, way: Way, age: Age): Person {
  const uid = UIDS[who];
  // Kicked an hour before noon; the day's last cases are six hours after it.
  const issuedAt = (at: number) => at - (who === 'kicked, of the app' ? 8 * HOUR : HOUR / 2);
  const jwt = ({ at }: Room, exp: number) =>
    issuer.sign({
      sub: uid,
      iat: issuedAt(at) / 1000,
      exp: exp / 1000,
      ...(who.startsWith('host of all') && { role: 'host' }),
    });
  const ours = (room: Room) => {
    const { at } = room;
    const invite = inviteFor(who, room);
    // As old as the invite, whenever that was swapped.
    const now = issuedAt(at) - (invite.invite ? 8 * HOUR : 0);
    const identity: Identity = { uid, name: uid, proof: invite.invite ? 'invite' : 'claimed', ...invite };
    return signIdentity({ secret: SECRET, identity, expiresAt: EXPIRY[age](at), now });
  };
  const swapped = async (room: Room) => {
    // After the kick, too.
    harness.clock.now = room.at;
    const { body } = await harness.as(await jwt(room, EXPIRY[age](room.at)))('POST', '/api/identity', {});
    return body.token as string;
  };
  const make = { ours, jwt: (room: Room) => jwt(room, EXPIRY[age](room.at)), swapped }[way];
  const counts = AGES[age] === 'jwt' ? way === 'jwt' : AGES[age];
  return {
    name: `${who} (${way}), token ${age}`,
    who: counts ? who : null,
    authorization: async room => `Bearer ${await make(room)}`,
  };
}

/** Everybody who is somebody, with tokens of every age. */
function makeKnown(harness: Harness, issuer: Issuer): Person[] {
  return WHO.flatMap(who => {
    const ages = Object.keys(AGES) as Age[];
    if (!isOfApp(who)) return ages.slice(0, 3).map(age => makePerson(harness, issuer, who, 'ours', age));
    return [
      ...ages.map(age => makePerson(harness, issuer, who, 'jwt', age)),
      makePerson(harness, issuer, who, 'swapped', 'fresh'),
    ];
  });
}

/** What is sent by who is nobody: nothing, noise, and what is made to look like the token of a host. */
async function makeForged(issuer: Issuer): Promise<Person[]> {
  const stranger = await issuer.newSigner('stranger');
  const twin = await issuer.newSigner('first');
  const [{ pem } = { pem: '' }] = issuer.shown;
  const host: Identity = { uid: 'hanna', name: 'hanna', proof: 'app', role: 'host' };
  const hanna = (at: number) => ({ sub: 'hanna', role: 'host', iat: at / 1000, exp: at / 1000 + 3600 });
  const whole = (at: number) => ({ iss: ISSUER, aud: AUDIENCE, ...hanna(at) });
  const ours = (secret: string, at: number) =>
    signIdentity({ secret, identity: host, expiresAt: at + HOUR, now: at });
  const bearers: Record<string, (room: Room) => string | Promise<string>> = {
    'a blank token': () => '',
    noise: () => 'noise',
    'three dots': () => '...',
    'an invite, not swapped': ({ at, sessionId, accessVersion }) =>
      signInvite({
        secret: SECRET,
        ...{ uid: 'lisa', name: 'lisa', role: 'host', sessionId, accessVersion },
        expiresAt: at + HOUR,
        now: at,
      }),
    "another server's identity": ({ at }) => ours('another secret of enough bytes, 32+', at),
    'an identity with its end cut off': async ({ at }) => (await ours(SECRET, at)).slice(0, -1),
    'an identity with claims of another': async ({ at }) => {
      const [header, , signature] = (await ours(SECRET, at)).split('.');
      return `${header}.${(await ours('another secret of enough bytes, 32+', at + 1000)).split('.')[1]}.${signature}`;
    },
    'an unsigned identity of ours': ({ at }) =>
      new UnsecuredJWT({ ...host, kind: 'identity', jti: 'x', exp: at / 1000 + 3600 })
        .setIssuer('meet')
        .setAudience('meet:identity')
        .encode(),
    'a jwt of another issuer': ({ at }) => issuer.sign({ ...hanna(at), iss: 'https://evil.example.com' }),
    'a jwt for another audience': ({ at }) => issuer.sign({ ...hanna(at), aud: 'https://shop.example.com' }),
    'a jwt that is not valid yet': ({ at }) => issuer.sign({ ...hanna(at), nbf: at / 1000 + 31 }),
    "a jwt of a key that is not the issuer's": ({ at }) => issuer.sign(hanna(at), stranger),
    "a jwt of a key by the name of the issuer's": ({ at }) => issuer.sign(hanna(at), twin),
    'an unsigned jwt': ({ at }) => new UnsecuredJWT(whole(at)).encode(),
    'a jwt signed with the public key for a secret': ({ at }) =>
      new SignJWT(whole(at))
        .setProtectedHeader({ alg: 'HS256', kid: 'first' })
        .sign(new TextEncoder().encode(pem)),
  };
  return [
    { name: 'nobody', who: null, authorization: async () => undefined },
    { name: 'a password', who: null, authorization: async () => 'Basic aGFubmE6aGFubmE=' },
    ...Object.entries(bearers).map(([name, make]) => ({
      name,
      who: null,
      authorization: async (room: Room) => `Bearer ${await make(room)}`,
    })),
  ];
}

function makeAdmins(): Person[] {
  const session = ({ at }: Room) =>
    signAdmin({ secret: SECRET, adminKey: ADMIN_KEY, expiresAt: at + HOUR, now: at });
  return [
    { name: 'the admin key', who: 'the admin', authorization: async () => `Bearer ${ADMIN_KEY}` },
    {
      name: 'an admin’s session',
      who: 'the admin',
      authorization: async room => `Bearer ${await session(room)}`,
    },
  ];
}

/** Everybody who comes. */
export async function makePeople(harness: Harness, issuer: Issuer): Promise<Person[]> {
  return [...makeKnown(harness, issuer), ...makeAdmins(), ...(await makeForged(issuer))];
}
