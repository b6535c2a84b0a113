// A browser: found, else installed. Runs after the build, because the search itself is the product's own.
import { isRootOnDebian } from './debian.mjs';
import { root, runLoud, runQuiet, SetupError, say } from './run-command.mjs';

export async function provideBrowser() {
  if (await isBrowserFound()) return;
  const install = isRootOnDebian() ? installWithApt : installWithPlaywright;
  try {
    install();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    throw new SetupError(`${error.message}\n${ADVICE}`);
  }
  if (!(await isBrowserFound()))
    throw new SetupError(`No browser was found after installing one.\n${ADVICE}`);
}

const ADVICE = [
  'A Chromium-based browser is needed. Install one by hand and run this again:',
  '  Debian:     apt-get install -y chromium-headless-shell',
  '  elsewhere:  npx playwright-core install chromium --only-shell',
  'or name one: MEET_BROWSER=/path/to/chrome',
].join('\n');

async function isBrowserFound() {
  const { findBrowser } = await import('../dist/cli/find-browser.js');
  return findBrowser({ env: process.env }) !== null;
}

function installWithApt() {
  say('setup: installing a browser (apt-get install chromium-headless-shell) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  runQuiet('apt-get', ['update', '-qq'], { env });
  const install = ['install', '-y', '-qq', '--no-install-recommends'];
  try {
    runQuiet('apt-get', [...install, 'chromium-headless-shell'], { env });
  } catch {
    // Debian before bookworm has only the whole browser.
    runQuiet('apt-get', [...install, 'chromium'], { env });
  }
}

function installWithPlaywright() {
  say('setup: installing a browser (npx playwright-core install chromium --only-shell) …');
  const cli = `${root}node_modules/playwright-core/cli.js`;
  // Playwright's download lacks the system's libraries; as root on Ubuntu it can fetch those too.
  const libraries = process.platform === 'linux' && process.getuid?.() === 0 ? ['--with-deps'] : [];
  const exitCode = runLoud(process.execPath, [cli, 'install', 'chromium', '--only-shell', ...libraries], {
    stdio: ['ignore', 2, 2],
  });
  if (exitCode !== 0) throw new SetupError("Playwright's installer failed.");
}
