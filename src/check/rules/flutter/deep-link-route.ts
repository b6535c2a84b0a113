import { findAll, textOf } from '../../dart/tree.ts';
import type { FlutterApp } from '../../flutter/flutter-app.ts';
import { dart, type FlutterRule } from './flutter-rule.ts';

const DOMAINS = 'com.apple.developer.associated-domains';
const join =
  'void join() => CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: fail);';

export const deepLinkRoute: FlutterRule = {
  id: 'flutter/deep-link-route',
  severity: 'error',
  title: 'a link to a meeting does not open the app in it',
  why: 'A session is a meeting by link. Without a route for it, and without the entries by which the systems hand links on, a link opens the browser, or the app at its beginning.',
  fix: 'Handle `/meet/:sessionId` (with `app_links`; `uni_links` is not kept any more), and declare the host: an intent filter with `android:autoVerify="true"`, and `applinks:<host>` among the associated domains.',
  bad: dart(join),
  good: dart(`${join}
void listen() => AppLinks().uriLinkStream.listen((uri) {
  if (uri.pathSegments.first == 'meet') open(uri.pathSegments[1]);
});`),
  check(app, report) {
    const [first] = app.joins;
    if (!first) return;
    if (!handlesLinks(app)) report(first, 'nothing in this app handles links like /meet/<session id>');
    const { manifest, infoPlist, entitlements, pubspec } = app;
    const verified = manifest?.content.links.some(
      ({ autoVerify, schemes, hosts }) => autoVerify && schemes.includes('https') && hosts.length > 0,
    );
    if (manifest && !verified)
      report(
        { path: manifest.path, start: manifest.content.links[0]?.start ?? manifest.content.start },
        'no intent filter takes https links of a host with android:autoVerify="true"',
      );
    const domains = entitlements.flatMap(({ content }) => content.get(DOMAINS)?.items ?? []);
    if (infoPlist && !domains.some(domain => domain.startsWith('applinks:')))
      report(
        { path: entitlements[0]?.path ?? infoPlist.path, start: 0 },
        `no entitlements file lists applinks:<host> under ${DOMAINS}`,
      );
    const old = pubspec?.content.dependencies.get('uni_links');
    if (pubspec && old)
      report(
        { path: pubspec.path, start: old.start },
        'uni_links is not kept any more; app_links takes its place',
      );
  },
};

/** `'/meet/:sessionId'` among the routes, or `'meet'` compared with a link's part. */
function handlesLinks({ dart: { sources } }: FlutterApp): boolean {
  return sources.some(({ root, text }) =>
    findAll(root, ({ kind }) => kind === 'string_literal').some(literal =>
      /^r?['"]+\/?meet(\/|['"])/.test(textOf(literal, text)),
    ),
  );
}
