import { BUNDLE, TEAM } from '../../../core/app-links.ts';
import { bad, type Finding, ok } from '../finding.ts';

const subject = { id: 'apple-app-site-association', what: 'Apple' };
/** A link of ours; the systems see no key, which is in the fragment. */
const LINK = '/meet/room-42';

type Json = Record<string, unknown>;

/** What Apple's systems would make of the file: https://developer.apple.com/documentation/bundleresources/applinks */
export function checkAppleSite(json: unknown): readonly Finding[] {
  const { applinks } = asObject(json);
  const { details } = asObject(applinks);
  if (!Array.isArray(details) || details.length === 0)
    return [bad(subject, 'has no applinks.details', 'add a list with appIDs and components in it')];
  const faults = details.flatMap((each, at) => checkIds(asObject(each), at));
  if (faults.length > 0) return faults;
  const open = details.map(asObject).filter(opensMeetings);
  if (open.length === 0)
    return [
      bad(
        subject,
        `no entry opens ${LINK}`,
        'add the component {"/": "/meet/*"}, before any that excludes it',
      ),
    ];
  return [ok(subject, `${open.flatMap(idsOf).join(', ')} may open the links`)];
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** `appID` is of the older form, which goes with `paths`. */
function idsOf({ appIDs, appID }: Json): readonly unknown[] {
  return Array.isArray(appIDs) ? appIDs : appID === undefined ? [] : [appID];
}

function checkIds(detail: Json, at: number): Finding[] {
  const ids = idsOf(detail);
  if (ids.length === 0)
    return [bad(subject, `entry ${at + 1} has no appIDs`, 'add them, like ["ABCDE12345.com.example.app"]')];
  return ids
    .filter(id => !isAppId(id))
    .map(id =>
      bad(
        subject,
        `${JSON.stringify(id)} is no app id`,
        'write team and bundle id with a dot, like ABCDE12345.com.example.app',
      ),
    );
}

function isAppId(id: unknown): boolean {
  const [team = '', ...bundle] = typeof id === 'string' ? id.split('.') : [];
  return TEAM.test(team) && bundle.length > 0 && BUNDLE.test(bundle.join('.'));
}

/** The first one that fits decides. `components` go before `paths`, where there are both. */
function opensMeetings({ components, paths }: Json): boolean {
  if (Array.isArray(components)) {
    const first = components.map(asObject).find(each => fits(each['/'] ?? '*') && !needsMore(each));
    return first !== undefined && first.exclude !== true;
  }
  if (!Array.isArray(paths)) return false;
  const first = paths.map(String).find(path => fits(path.replace(/^NOT /, '')));
  return first !== undefined && !first.startsWith('NOT ');
}

/** Asks for a query or fragment that our links need not have. */
function needsMore(component: Json): boolean {
  return component['?'] !== undefined || component['#'] !== undefined;
}

/** `*` is any number of characters, `?` is one. */
function fits(pattern: unknown): boolean {
  if (typeof pattern !== 'string') return false;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(LINK);
}
