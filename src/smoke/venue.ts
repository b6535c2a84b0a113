import type { PageDriver } from './page-driver.ts';
import type { House } from './scene.ts';

/** Where people meet: a page, and sessions in it. */
export interface Venue {
  readonly driver: PageDriver;
  /** Our own server with its meetings; null where only a page of the user's is known. */
  readonly house: House | null;
  /** A session that nobody was in yet; the same again where the link is fixed. */
  openSession(): Promise<Session>;
}

export interface Session {
  readonly id: string;
  linkFor(name: string): string;
  /** The smoke test made the id up itself: no server has ever heard of it. */
  readonly invented?: boolean;
}
