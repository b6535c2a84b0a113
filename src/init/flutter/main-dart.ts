export const MAIN = 'lib/main.dart';

const IMPORT = "import 'meet/meeting_links.dart';";

/** Lets `main` listen to links; null where it does not look as we know it. */
export function editMain(text: string, withGet: boolean): string | null {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const listening = text.includes('openMeetingLinks()') ? text : listen(text, end);
  if (listening === null) return null;
  const keyed =
    withGet || /navigatorKey:\s*meetingNavigator/.test(listening) ? listening : giveKey(listening, end);
  return keyed === null ? null : addImport(keyed, end);
}

function listen(text: string, end: string): string | null {
  const call = /^([ \t]+)runApp\(/m;
  if (call.test(text)) return text.replace(call, `$1openMeetingLinks();${end}$1runApp(`);
  const arrow = /^(void )?main\(\)\s*=>\s*(runApp\(.*\));/m;
  if (!arrow.test(text)) return null;
  return text.replace(arrow, `void main() {${end}  openMeetingLinks();${end}  $2;${end}}`);
}

/** A constant app cannot have a key, one with a router has it there, and one that has a key may not lose it. */
function giveKey(text: string, end: string): string | null {
  const app = /^([ \t]*)(.*)\bMaterialApp\(/m;
  const found = app.exec(text);
  if (!found || /\bconst\s+$/.test(found[2] ?? '') || /\bnavigatorKey:/.test(text)) return null;
  return text.replace(app, `$&${end}$1  navigatorKey: meetingNavigator,`);
}

function addImport(text: string, end: string): string {
  if (text.includes(IMPORT)) return text;
  const imports = [...text.matchAll(/^import [^;]*;[ \t]*$/gm)];
  const last = imports.at(-1);
  if (!last) return `${IMPORT}${end}${end}${text}`;
  const at = last.index + last[0].length;
  return `${text.slice(0, at)}${end}${IMPORT}${text.slice(at)}`;
}
