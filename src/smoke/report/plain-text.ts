import { stripVTControlCharacters } from 'node:util';

/** A page's text may carry anything: without colours, control characters and halves of characters; lines stay. */
export function removeControls(text: string): string {
  return (
    stripVTControlCharacters(text)
      .replace(/\r\n?/g, '\n')
      // Beside controls, what XML 1.0 forbids: https://www.w3.org/TR/xml/#charsets
      .replace(/[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
  );
}

/**
 * As `removeControls`, in one line that no log's reader takes for a command: GitHub's looks for `::` where a line begins, and
 * for `##[` anywhere.
 */
export function oneLine(text: string): string {
  return removeControls(text).replace(/\s+/g, ' ').trim().replace(/^::/, ': :').replaceAll('##[', '# #[');
}
