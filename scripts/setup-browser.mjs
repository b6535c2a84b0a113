// A browser: found, else installed. Runs after the build, because search and steps are the product's own.
import { APT_ENV } from './packages.mjs';
import { runLoud, runQuiet, SetupError, say } from './run-command.mjs';

export async function provideBrowser() {
  if (await isBrowserFound()) return;
  try {
    install(await import('../dist/cli/browser-steps.js'));
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

/** As `meet doctor --install-browser` does it; apt says nothing unless it fails, a download shows how far it is. */
function install({ isRootOnDebian, stepsFor }) {
  const debian = isRootOnDebian();
  const by = debian
    ? 'apt-get install chromium-headless-shell'
    : 'npx playwright-core install chromium --only-shell';
  say(`setup: installing a browser (${by}) …`);
  for (const step of stepsFor(debian)) (debian ? runPackages : runDownload)(step);
}

function runPackages({ command, args, instead }) {
  try {
    runQuiet(command, args, { env: APT_ENV });
  } catch (error) {
    if (!instead) throw error;
    runPackages(instead);
  }
}

function runDownload({ command, args }) {
  const exitCode = runLoud(command, args, { stdio: ['ignore', 2, 2] });
  if (exitCode !== 0) throw new SetupError("Playwright's installer failed.");
}
