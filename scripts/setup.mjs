// Everything a fresh clone lacks before anything of ours can run. Says nothing when nothing is to do.
import { provideBrowser } from './setup-browser.mjs';
import { buildWhenStale } from './setup-build.mjs';
import { provideCalendarReader } from './setup-calendar.mjs';
import { checkNode, installDependencies } from './setup-dependencies.mjs';
import { provideNetworkTools } from './setup-network.mjs';
import { provideServers } from './setup-servers.mjs';

export async function setUp({
  browser = true,
  examples = false,
  calendar = false,
  network = false,
  servers = false,
} = {}) {
  checkNode();
  installDependencies();
  if (examples) for (const folder of ['examples/vite', 'test/init-apps']) installDependencies(folder);
  buildWhenStale();
  if (calendar) await provideCalendarReader();
  if (network) provideNetworkTools();
  if (servers) provideServers();
  if (browser) await provideBrowser();
}
