import type { PageConfig } from '../config.ts';
import type { Book } from './book.ts';
import type { Meter } from './meter.ts';

/** What every tab may look at. */
export interface Sight {
  readonly config: PageConfig;
  readonly book: Book;
  readonly meter: Meter;
  readonly sessionId: string;
  /** The server's clock, epoch ms. */
  readonly now: () => number;
}

/** What a tab shows. */
export interface View {
  /** Called once a second while it is seen. */
  refresh(): void;
}
