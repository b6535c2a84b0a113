import { expect, it } from 'vitest';
import { readLink } from '../../../web/link.ts';
import { linkToShare } from '../../../web/share/shared-link.ts';

const HOME = 'https://meet.example';
const open = { access: 'link', keyed: false } as const;
const keyed = { access: 'link', keyed: true } as const;
const listed = { access: 'allow', keyed: false } as const;

function share(address: string, facts: Parameters<typeof linkToShare>[2]) {
  const url = new URL(address);
  const link = readLink(url, true);
  if (!link) throw new Error(`${address} names no meeting`);
  const { url: shared, opens } = linkToShare(url.origin, link, facts);
  return [shared, opens];
}

it.each([
  ['the key goes along', '/meet/room-42#key=abc', keyed, '/meet/room-42#key=abc', 'all'],
  ['an invite never does', '/meet/room-42#invite=tok', open, '/meet/room-42', 'all'],
  ['nor with a key that is missing', '/meet/room-42#invite=tok', keyed, '/meet/room-42', 'invited'],
  ['nor the query', '/meet/r?as=bob&debug&v=2#key=abc', keyed, '/meet/r#key=abc', 'all'],
  ['an invite beside the key', '/meet/r#key=abc&invite=tok', keyed, '/meet/r#key=abc', 'all'],
  ['a key that the meeting has not', '/meet/r#key=abc', open, '/meet/r', 'all'],
  ['of listed people', '/meet/r#invite=tok', listed, '/meet/r', 'listed'],
  ['of listed people, with a key', '/meet/r#key=abc', listed, '/meet/r', 'listed'],
  ['the id as it is joined', '/meet/Room-42/', open, '/meet/room-42', 'all'],
  ['an id that is none', '/meet/%3Cb%3E%23', open, '/meet/%3Cb%3E%23', 'all'],
])('%s: %s', (_, address, facts, url, opens) => {
  expect(share(HOME + address, facts)).toEqual([HOME + url, opens]);
});

it.each([
  ['the host’s own invite', 'https://meet.example', 'https://meet.example', 'https://meet.example'],
  [
    'the address that others can reach',
    'http://localhost:4680',
    'https://meet.example',
    'https://meet.example',
  ],
  [
    'where the visitor came to',
    'https://192.168.1.20:4680',
    'http://localhost:4680',
    'https://192.168.1.20:4680',
  ],
])('a host shares the key, and %s', (_, page, base, expected) => {
  const facts = { ...keyed, url: `${base}/meet/r#key=k-1_2` };
  expect(share(`${page}/meet/r#invite=tok`, facts)).toEqual([`${expected}/meet/r#key=k-1_2`, 'all']);
});
