/** `lib/meet/meet_server.dart`: asks our server's routes, in the order in which the join page does. */
export const meetServer = (origin: string): string => `import 'dart:convert';

import 'package:http/http.dart' as http;

import 'meeting_link.dart';

/// Where the meetings are; another one with: flutter run --dart-define=MEET_URL=https://…
const meetOrigin = String.fromEnvironment('MEET_URL', defaultValue: '${origin}');

/// Why somebody is not let in, in the server's words.
class MeetRefusal implements Exception {
  const MeetRefusal(this.status, this.code, this.message);

  /// 401 who are you, 403 not you, 404 no such meeting, 410 over, 425 too early.
  final int status;
  final String code;
  final String message;
}

/// What it takes to join one meeting.
class MeetPass {
  const MeetPass({
    required this.authToken,
    required this.appId,
    required this.region,
    required this.host,
    required this.onlyWatches,
  });

  final String authToken;
  final String appId;
  final String region;

  /// Of a dedicated CometChat; else null.
  final String? host;

  /// In a broadcast guests come in muted, and without a picture.
  final bool onlyWatches;
}

/// The server that decides who may join. Tokens stay in this object's calls, and are written nowhere.
class MeetServer {
  MeetServer({http.Client? client}) : _client = client ?? http.Client();

  final http.Client _client;

  /// Who, may they, and their pass. Throws [MeetRefusal].
  Future<MeetPass> enter(MeetingLink link, {required String name}) async {
    final id = Uri.encodeComponent(link.sessionId);
    final who = link.invite == null ? {'name': name} : {'invite': link.invite};
    final key = link.key == null ? <String, String?>{} : {'key': link.key};
    final identity = await _post('/api/identity', who);
    final token = identity['token'] as String;
    await _post('/api/meetings/$id/authorize', key, token: token);
    return _toPass(await _post('/api/meetings/$id/token', key, token: token));
  }

  void close() => _client.close();

  MeetPass _toPass(Map<String, dynamic> answer) {
    final authToken = answer['authToken'];
    if (authToken is! String) {
      // A call token alone is of no use here: this SDK makes its own, from the session id.
      throw const MeetRefusal(
        200,
        'STRICT',
        'This server gives out call tokens only, which apps cannot use.',
      );
    }
    final cometchat = answer['cometchat'] as Map<String, dynamic>;
    return MeetPass(
      authToken: authToken,
      appId: cometchat['appId'] as String,
      region: cometchat['region'] as String,
      host: cometchat['host'] as String?,
      onlyWatches: answer['broadcast'] == true && answer['role'] != 'host',
    );
  }

  Future<Map<String, dynamic>> _post(
    String path,
    Map<String, String?> body, {
    String? token,
  }) async {
    final answer = await _client.post(
      Uri.parse('$meetOrigin$path'),
      headers: {
        'content-type': 'application/json',
        if (token != null) 'authorization': 'Bearer $token',
      },
      body: jsonEncode(body),
    );
    final json = jsonDecode(utf8.decode(answer.bodyBytes)) as Map<String, dynamic>;
    if (answer.statusCode == 200) return json;
    throw MeetRefusal(answer.statusCode, '\${json['code']}', '\${json['error']}');
  }
}
`;
