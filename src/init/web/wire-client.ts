import type { Framework } from './detect.ts';
import { append, insertImports } from './source-edit.ts';

/** Paths as the app's entry imports them. */
export interface ClientImports {
  readonly room: string;
  readonly meetingId: string;
}

type Wire = (text: string) => string | null;

const MEETING_ID = 'const meetingId = meetingIdOf(window.location.pathname);';

/** The entry of an app, showing the room at `/meet/<id>`; null where it is not written in a way that is known. */
export function wireClient(
  framework: Framework,
  text: string,
  { room, meetingId }: ClientImports,
): string | null {
  // The second time.
  if (text.includes('meetingIdOf')) return text;
  const wired = WIRES[framework](text);
  if (wired === null) return null;
  const name =
    framework === 'vanilla' ? '{ openCallRoom }' : framework === 'react' ? '{ CallRoom }' : 'CallRoom';
  const imports = [`import ${name} from '${room}';`, `import { meetingIdOf } from '${meetingId}';`];
  if (framework === 'vanilla') return insertImports(wired, imports);
  return insertImports(wired, [
    ...imports,
    '',
    '// A page of its own: nothing of the app runs beside a call.',
    MEETING_ID,
  ]);
}

const WIRES: Readonly<Record<Framework, Wire>> = {
  react: text =>
    replaceOnly(text, /(?<=([>(]|,)\s*)<App\s*\/>/g, ([app, before]) =>
      before === '>'
        ? `{meetingId ? <CallRoom meetingId={meetingId} /> : ${app}}`
        : `meetingId ? <CallRoom meetingId={meetingId} /> : ${app}`,
    ),
  vue: text =>
    replaceOnly(
      text,
      /\bcreateApp\(App\)/g,
      () => 'createApp(meetingId ? CallRoom : App, meetingId ? { meetingId } : null)',
    ),
  svelte: text =>
    replaceOnly(text, /\bmount\(App, \{\s*target: ([^,{}\n]+?),?\s*\}\)/g, ([, target]) =>
      [
        'meetingId',
        `  ? mount(CallRoom, { target: ${target}, props: { meetingId } })`,
        `  : mount(App, { target: ${target} })`,
      ].join(text.includes('\r\n') ? '\r\n' : '\n'),
    ),
  vanilla: text => append(text, ['', MEETING_ID, 'if (meetingId) openCallRoom(meetingId);']),
};

/** Null unless there is exactly one such place. */
function replaceOnly(
  text: string,
  pattern: RegExp,
  write: (match: RegExpMatchArray) => string,
): string | null {
  const [match, ...others] = [...text.matchAll(pattern)];
  if (!match || others.length > 0) return null;
  return text.slice(0, match.index) + write(match) + text.slice(match.index + match[0].length);
}
