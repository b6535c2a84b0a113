import { createHash } from 'node:crypto';
import { Html, html } from './html.ts';

/** What is put into the page: built from src/smoke/in-page/view. */
export interface ViewFiles {
  readonly style: string;
  readonly script: string;
}

/**
 * A whole page that asks the network for nothing, and is kept from it: its policy knows the hashes of its own style and script
 * and pictures in the page itself, so that text of a strange page that got through the escaping could still do nothing.
 */
export function renderShell(title: string, body: Html, { style, script }: ViewFiles): string {
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
${body}
<script>${new Html(script)}</script>
</body>
</html>
`.text;
}

/** The browser hashes what stands between the tags, to the letter. */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
