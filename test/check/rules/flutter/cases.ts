/** Files by their paths. */
type Example = Readonly<Record<string, string>>;

/** Small apps by the words for what is wrong, or right, with them. */
export interface Cases {
  readonly wrong: Readonly<Record<string, Example>>;
  readonly right: Readonly<Record<string, Example>>;
}

export const JOIN =
  'CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: fail);';

/** The state of a call screen, with these members. */
export function screen(members: string, interfaces = ''): Example {
  const kind = interfaces && ` implements ${interfaces}`;
  return { 'lib/screen.dart': `class _CallState extends State<CallScreen>${kind} {\n${members}\n}` };
}

export function code(text: string): Example {
  return { 'lib/screen.dart': text };
}

/** A file of the app beside a screen that joins. */
export function beside(path: string, text: string): Example {
  return { ...screen(`void join() => ${JOIN}`), [path]: text };
}
