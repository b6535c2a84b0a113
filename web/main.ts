import { type App, createApp } from './app.ts';
import { offerApp } from './app-link.ts';
import { arrive } from './arrival.ts';
import { retry, submit } from './call.ts';
import { type PageConfig, readConfig } from './config.ts';
import { byId } from './dom.ts';
import { proposedName } from './door.ts';
import { openDiary, SILENT } from './drawer/diary.ts';
import { wantsDrawer } from './drawer/wanted.ts';
import { exposeEventLog } from './event-log.ts';
import { recallIdentity } from './identity.ts';
import { type PageLink, readLink, withoutSdkSwitch } from './link.ts';
import { proposeName, showInitial } from './lobby.ts';
import { takeReturn } from './return-trip.ts';
import { createSdkLoader } from './sdk/load.ts';
import { createSharing } from './share/sharing.ts';
import { texts } from './texts.ts';
import { labelPage } from './view.ts';

function openPage(): void {
  const url = new URL(location.href);
  const clean = withoutSdkSwitch(url);
  if (clean) {
    location.replace(clean);
    return;
  }
  labelPage();
  const config = readConfig(document);
  const link = readLink(url, config?.backend === 'emulator');
  if (config && link) openMeeting(config, link);
  else location.replace('/');
}

function openMeeting(config: PageConfig, link: PageLink): void {
  const { name, version } = config.sdk;
  byId('sdk', HTMLElement).textContent = texts.sdk(name, version, texts.backend[config.backend]);
  offerApp(config, link);
  const sdk = createSdkLoader(config, window);
  const container = byId('call', HTMLElement);
  const diary = wantsDrawer(new URL(location.href)) ? openDiary() : SILENT;
  const log = exposeEventLog(window, diary.note);
  const app = createApp({ config, link, container, sdk, log, diary }, createSharing(link));
  listen(app);
  proposeName(proposedName(link, recallIdentity(link, Date.now())), false);
  arrive(app);
  if (takeReturn(link.sessionId)) void submit(app);
  // Who was named by the link has nothing to type, and is not disturbed.
  else if (link.as) sdk.load().catch(() => {});
  else void sdk.loadWhenQuiet();
}

function listen(app: App): void {
  // Another link to the same meeting, pasted into this tab, differs behind the # alone: browsers load nothing for that.
  window.addEventListener('hashchange', () => location.reload());
  byId('entry', HTMLFormElement).addEventListener('submit', event => {
    event.preventDefault();
    void submit(app);
  });
  byId('name', HTMLInputElement).addEventListener('input', showInitial);
  byId('rejoin', HTMLButtonElement).addEventListener('click', () => void submit(app));
  byId('retry', HTMLButtonElement).addEventListener('click', () => void retry(app));
}

openPage();
