/** Text that is HTML already. Everything else is escaped where it is put into `html`. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** HTML from a template; what is filled in comes from strange pages, so it is escaped unless it was made by `html` itself. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    texts.map((text, index) => text + (index < parts.length ? write(parts[index]) : '')).join(''),
  );
}

function write(part: Part): string {
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(write).join('');
  return part === null || part === undefined || part === false ? '' : escapeHtml(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For element text and for attribute values in either quotes. Control characters, which HTML forbids, become visible. */
function escapeHtml(text: string): string {
  return (
    text
      .replace(/[&<>"']/g, character => ENTITIES[character] ?? '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
  );
}
