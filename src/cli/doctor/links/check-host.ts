import { MeetError } from '../../../core/errors.ts';
import { bad, type Finding } from '../finding.ts';
import { checkReach, readAnswer } from './answer.ts';
import { checkAppleSite } from './apple-site.ts';
import { checkAssetLinks } from './asset-links.ts';

const FILES = [
  { id: 'assetlinks', what: 'Android', path: '/.well-known/assetlinks.json', check: checkAssetLinks },
  {
    id: 'apple-app-site-association',
    what: 'Apple',
    path: '/.well-known/apple-app-site-association',
    check: checkAppleSite,
  },
] as const;

/** Checks what a host says of its apps, as the phones' systems do. Throws `BAD_REQUEST` for what is no address. */
export async function checkHost(
  address: string,
  ca: readonly string[] | undefined,
): Promise<readonly Finding[]> {
  const url = readAddress(address);
  if (url.protocol !== 'https:')
    return [
      bad(
        { id: 'host', what: 'Host' },
        `${url.origin} is not https`,
        'serve it over https: the systems ask for nothing else',
      ),
    ];
  const found = await Promise.all(FILES.map(file => checkFile(file, url, ca)));
  return [...checkReach(url), ...found.flat()];
}

async function checkFile(
  { id, what, path, check }: (typeof FILES)[number],
  host: URL,
  ca: readonly string[] | undefined,
) {
  const answer = await readAnswer({ id, what }, new URL(path, host), ca);
  return 'finding' in answer ? [answer.finding] : check(answer.json);
}

function readAddress(address: string): URL {
  const full = /^[a-z]+:\/\//i.test(address) ? address : `https://${address}`;
  if (URL.canParse(full) && /^https?:/i.test(full)) return new URL(full);
  throw new MeetError(
    'BAD_REQUEST',
    `--links takes an address like https://meet.example.com, not ${address}.`,
  );
}
