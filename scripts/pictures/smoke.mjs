// What `meet smoke` prints, and the report that it leaves.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import AnsiToHtml from 'ansi-to-html';
import { take } from './place.mjs';

/** As a terminal shows it. */
export async function pictureTerminal({ browser, runMeet }) {
  const { stdout, stderr } = runMeet('smoke');
  const html = new AnsiToHtml({ fg: '#d6deeb', escapeXML: true, colors: { 2: '#7fdb8f' } }).toHtml(
    `${stderr}${stdout}`.trimEnd(),
  );
  const page = await browser.newPage({ viewport: { width: 1000, height: 200 } });
  await page.setContent(`<style>
    body { margin: 0; background: #0f1720; color: #d6deeb; font: 14px/1.45 'DejaVu Sans Mono', monospace; }
    pre { margin: 0; padding: 18px 22px; font: inherit; display: inline-block }
    .prompt { color: #7dd3fc }
  </style><pre><span class="prompt">$</span> meet smoke\n${html}</pre>`);
  await take(page, 'smoke', page.locator('pre'));
  await page.close();
}

/** As it opens in a browser. */
export async function pictureReport({ browser, folder, runMeet }) {
  const report = join(folder, 'report');
  runMeet('smoke', '--report', report);
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
  await page.goto(pathToFileURL(join(report, 'index.html')).href);
  await take(page, 'report');
  await page.close();
}
