// `node scripts/pictures.mjs [lobby] [doors] [call] [home] [smoke] [report]`: the pictures of docs/screens.md and the README, of the running thing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { pictureCall } from './pictures/call.mjs';
import { pictureDoors } from './pictures/doors.mjs';
import { pictureHome } from './pictures/home.mjs';
import { pictureLobby } from './pictures/lobby.mjs';
import { openPlace } from './pictures/place.mjs';
import { pictureReport, pictureTerminal } from './pictures/smoke.mjs';
import { runScript } from './run-command.mjs';
import { setUp } from './setup.mjs';

const BROWSER_FLAGS = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--mute-audio',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const PICTURES = {
  lobby: pictureLobby,
  doors: pictureDoors,
  call: pictureCall,
  home: pictureHome,
  smoke: pictureTerminal,
  report: pictureReport,
};

await runScript(async () => {
  await setUp();
  const { findBrowser } = await import('../dist/cli/find-browser.js');
  const { path } = findBrowser({ env: process.env });
  const browser = await chromium.launch({ executablePath: path, args: BROWSER_FLAGS });
  const folder = mkdtempSync(join(tmpdir(), 'meet-pictures-'));
  const place = openPlace(browser, folder);
  try {
    const wanted = process.argv.slice(2);
    for (const [name, take] of Object.entries(PICTURES))
      if (wanted.length === 0 || wanted.includes(name)) await take(place);
  } finally {
    place.close();
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
});
