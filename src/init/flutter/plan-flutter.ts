import { MeetError } from '../../core/errors.ts';
import { createDraft, type Draft } from '../draft.ts';
import type { InitPlan } from '../file-change.ts';
import type { Tree } from '../tree.ts';
import { type AppAddress, editManifest, MANIFEST } from './android-manifest.ts';
import { CALL_SCREEN } from './call-screen.ts';
import { editMain, MAIN } from './main-dart.ts';
import { meetServer } from './meet-server.ts';
import { LINKS_GETX, LINKS_PLAIN, MEETING_LINK } from './meeting-links.ts';
import {
  ENTITLEMENTS,
  editEntitlements,
  editInfoPlist,
  INFO_PLIST,
  lacksScheme,
  newEntitlements,
} from './property-lists.ts';
import { readPubspec } from './pubspec.ts';

export interface FlutterOptions {
  /** Where the meetings are, as `https://meet.example.com`. */
  readonly origin: string;
  /** A scheme of the app's own, besides https. */
  readonly scheme: string | null;
  readonly force?: boolean;
}

/** What becomes of a Flutter app. Throws `BAD_REQUEST` where there is none. */
export function planFlutter(tree: Tree, { origin, scheme, force = false }: FlutterOptions): InitPlan {
  const text = tree.read('pubspec.yaml');
  if (text === null)
    throw new MeetError('BAD_REQUEST', 'There is no pubspec.yaml; name the folder of a Flutter app.');
  const pubspec = readPubspec(text);
  const draft = createDraft(tree, { force });
  const address = { host: new URL(origin).hostname, scheme };
  draft.edit('pubspec.yaml', () => pubspec.completed);
  addDart(draft, origin, pubspec.has('get'));
  addAndroid(draft, tree, address);
  addIos(draft, tree, address);
  if (pubspec.has('uni_links'))
    draft.step('pubspec.yaml: remove uni_links, which is not kept any more; app_links takes its place');
  draft.step('flutter pub get');
  draft.step(`meet.config.json of the server: name the app under apps, then: meet doctor --links ${origin}`);
  draft.step('with CometChat’s cloud: MEET_STRICT=off, since this SDK joins with an auth token');
  return draft.plan();
}

function addDart(draft: Draft, origin: string, withGet: boolean): void {
  draft.put('lib/meet/call_screen.dart', CALL_SCREEN);
  draft.put('lib/meet/meet_server.dart', meetServer(origin));
  draft.put('lib/meet/meeting_link.dart', MEETING_LINK);
  draft.put('lib/meet/meeting_links.dart', withGet ? LINKS_GETX : LINKS_PLAIN);
  if (draft.edit(MAIN, text => editMain(text, withGet))) return;
  const key = withGet ? '' : ', and give MaterialApp the navigatorKey meetingNavigator';
  draft.step(`${MAIN}: call openMeetingLinks() of meet/meeting_links.dart before runApp${key}`);
}

/** An app need not be for both systems. */
function addAndroid(draft: Draft, tree: Tree, address: AppAddress): void {
  if (tree.list('android').length === 0) return;
  if (!draft.edit(MANIFEST, text => editManifest(text, address)))
    draft.step(`${MANIFEST}: add permissions and an intent filter by hand (docs/flutter.md)`);
  draft.step('android/app/build.gradle: minSdk 26 or newer');
}

function addIos(draft: Draft, tree: Tree, { host, scheme }: AppAddress): void {
  if (tree.list('ios').length === 0) return;
  if (!draft.edit(INFO_PLIST, text => editInfoPlist(text, scheme)))
    draft.step(`${INFO_PLIST}: add the texts for camera and microphone by hand (docs/flutter.md)`);
  const info = tree.read(INFO_PLIST);
  if (info && scheme && lacksScheme(info, scheme))
    draft.step(`${INFO_PLIST}: add ${scheme} to CFBundleURLTypes`);
  if (tree.read(ENTITLEMENTS) === null) draft.put(ENTITLEMENTS, newEntitlements(host));
  else if (!draft.edit(ENTITLEMENTS, text => editEntitlements(text, host)))
    draft.step(`${ENTITLEMENTS}: add applinks:${host} to the associated domains by hand`);
  if (!tree.read('ios/Runner.xcodeproj/project.pbxproj')?.includes('CODE_SIGN_ENTITLEMENTS'))
    draft.step('Xcode, Signing & Capabilities: add Associated Domains, with Runner.entitlements');
}
