/** `lib/meet/meeting_link.dart`: what a link says. */
export const MEETING_LINK = `/// A meeting's link, as https://host/meet/<id>#key=… or myapp://meet/<id>#key=…
class MeetingLink {
  const MeetingLink(this.sessionId, {this.key, this.invite});

  final String sessionId;

  /// What opens a meeting whose id could be guessed.
  final String? key;

  /// Says who somebody is, and that they may come in.
  final String? invite;

  /// Null for any other link.
  static MeetingLink? of(Uri uri) {
    final parts = uri.pathSegments.where((part) => part.isNotEmpty).toList();
    // In a scheme of one's own the first part stands where the web has a host.
    if (uri.scheme != 'https' && uri.host == 'meet') parts.insert(0, uri.host);
    if (parts.length != 2 || parts.first != 'meet') return null;
    final secrets = Uri.splitQueryString(uri.fragment);
    return MeetingLink(
      parts.last.toLowerCase(),
      key: secrets['key'],
      invite: secrets['invite'],
    );
  }
}
`;

const LISTEN = `
/// Opens the call for links that come while the app runs, and for the one that started it.
void openMeetingLinks() {
  WidgetsFlutterBinding.ensureInitialized();
  AppLinks().uriLinkStream.listen((uri) {
    final link = MeetingLink.of(uri);
    if (link != null) _open(link);
  });
}

/// A frame later: a link that starts the app comes before there is a navigator. One tapped during a call is ignored.
void _open(MeetingLink link) {
  WidgetsBinding.instance.addPostFrameCallback((_) {
    if (CallScreen.isOpen) return;
`;

/** `lib/meet/meeting_links.dart` of an app with GetX. */
export const LINKS_GETX = `import 'package:app_links/app_links.dart';
import 'package:flutter/widgets.dart';
import 'package:get/get.dart';

import 'call_screen.dart';
import 'meeting_link.dart';
${LISTEN}    Get.to<void>(() => CallScreen(link: link), routeName: '/meet/\${link.sessionId}');
  });
  WidgetsBinding.instance.scheduleFrame();
}
`;

/** The same without: the app's navigator gets a key. */
export const LINKS_PLAIN = `import 'package:app_links/app_links.dart';
import 'package:flutter/material.dart';

import 'call_screen.dart';
import 'meeting_link.dart';

/// Given to the app's MaterialApp.
final meetingNavigator = GlobalKey<NavigatorState>();
${LISTEN}    meetingNavigator.currentState?.push(
      MaterialPageRoute<void>(
        settings: RouteSettings(name: '/meet/\${link.sessionId}'),
        builder: (_) => CallScreen(link: link),
      ),
    );
  });
  WidgetsBinding.instance.scheduleFrame();
}
`;
