import { FINGERPRINT, PACKAGE } from '../../../core/app-links.ts';
import { bad, type Finding, ok } from '../finding.ts';

const subject = { id: 'assetlinks', what: 'Android' };
const RELATION = 'delegate_permission/common.handle_all_urls';

interface Statement {
  readonly relation?: unknown;
  readonly target?: { namespace?: unknown; package_name?: unknown; sha256_cert_fingerprints?: unknown };
}

/** What Android would make of a `assetlinks.json`: https://developers.google.com/digital-asset-links/v1/statements */
export function checkAssetLinks(json: unknown): readonly Finding[] {
  if (!Array.isArray(json))
    return [bad(subject, 'is no list', 'make it a list of statements, also where there is one only')];
  const statements = json as (Statement | null)[];
  const apps = statements.filter(each => each?.target?.namespace === 'android_app' && isFor(each.relation));
  if (apps.length === 0)
    return [
      bad(subject, `no statement lets an android_app handle urls`, `add one with the relation ${RELATION}`),
    ];
  const faults = apps.flatMap((each, at) => checkApp(each?.target ?? {}, at));
  if (faults.length > 0) return faults;
  return [ok(subject, `${apps.map(each => each?.target?.package_name).join(', ')} may open the links`)];
}

function isFor(relation: unknown): boolean {
  return Array.isArray(relation) && relation.includes(RELATION);
}

function checkApp(
  { package_name: name, sha256_cert_fingerprints: prints }: NonNullable<Statement['target']>,
  at: number,
): Finding[] {
  const faults: Finding[] = [];
  if (typeof name !== 'string' || !PACKAGE.test(name))
    faults.push(
      bad(
        subject,
        `statement ${at + 1}: ${JSON.stringify(name)} is no package name`,
        'write it like com.example.app',
      ),
    );
  if (!Array.isArray(prints) || prints.length === 0)
    return [
      ...faults,
      bad(
        subject,
        `statement ${at + 1} has no fingerprint`,
        'add sha256_cert_fingerprints, as keytool -list -v prints them',
      ),
    ];
  for (const print of prints) {
    if (typeof print === 'string' && FINGERPRINT.test(print)) continue;
    const says = `${JSON.stringify(print)} is no SHA-256 fingerprint`;
    faults.push(bad(subject, says, 'write 32 pairs of hex digits, in capitals, with colons between them'));
  }
  return faults;
}
