import type { PageConfig, PhoneSystem } from './config.ts';
import { byId } from './dom.ts';
import type { PageLink } from './link.ts';
import { texts } from './texts.ts';

/**
 * The address by which an app of this scheme opens the meeting. It carries the link's key or invite, without which the app
 * could not enter. Systems do not check who has registered a scheme, so it is opened by a press only, never by itself.
 */
export function appAddress(scheme: string, { sessionId, key, invite }: PageLink): string {
  const secrets = new URLSearchParams({ ...(key && { key }), ...(invite && { invite }) });
  const fragment = secrets.size > 0 ? `#${secrets}` : '';
  return `${scheme}://meet/${encodeURIComponent(sessionId)}${fragment}`;
}

/** What this phone or tablet runs; null elsewhere. `coarse`: it is pointed at with fingers, by which an iPad differs from a Mac. */
export function phoneSystem(userAgent: string, coarse: boolean): PhoneSystem | null {
  if (/Android/.test(userAgent)) return 'android';
  const apple = /iPhone|iPad|iPod/.test(userAgent) || (coarse && /Macintosh/.test(userAgent));
  return apple ? 'ios' : null;
}

/** Offers the app where this phone may have it. */
export function offerApp({ app }: PageConfig, link: PageLink): void {
  const system = phoneSystem(navigator.userAgent, matchMedia('(pointer: coarse)').matches);
  if (!app || !system || !app.systems.includes(system)) return;
  const anchor = document.createElement('a');
  anchor.id = 'open-app';
  anchor.href = appAddress(app.scheme, link);
  anchor.textContent = texts.openInApp;
  byId('step', HTMLElement).before(anchor);
}
