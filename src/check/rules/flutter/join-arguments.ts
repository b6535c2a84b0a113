import { dart, type FlutterRule } from './flutter-rule.ts';

const WANTED = ['sessionId', 'sessionSettings', 'onSuccess', 'onError'];

export const joinArguments: FlutterRule = {
  id: 'flutter/join-arguments',
  severity: 'error',
  title: 'joinSession is called with the arguments of another SDK',
  why: 'Shapes with a call token, call settings or a controller come from other SDKs and older texts; they do not compile, or are told nothing when the join fails.',
  fix: 'Give it `sessionId:`, `sessionSettings:`, `onSuccess:` and `onError:`.',
  bad: dart(`void join() {
  CometChatCalls.joinSession(callToken: token, callSettings: settings, controller: controller);
}`),
  good: dart(`void join() {
  CometChatCalls.joinSession(
    sessionId: id,
    sessionSettings: settings,
    onSuccess: (view) => show(view),
    onError: (error) => fail(error.message),
  );
}`),
  check({ joins }, report) {
    for (const join of joins) {
      const labels = join.args.map(({ label }) => label ?? 'one without a name');
      const strange = labels.filter(label => !WANTED.includes(label));
      const missing = WANTED.filter(label => !labels.includes(label));
      const words = [
        strange.length > 0 ? `does not know ${strange.join(', ')}` : '',
        missing.length > 0 ? `needs ${missing.join(', ')}` : '',
      ].filter(Boolean);
      if (words.length > 0) report(join, `joinSession ${words.join(', and ')}`);
    }
  },
};
