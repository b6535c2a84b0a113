/** How a link was passed on. `refused`: the browser gives neither way, so that only the visitor can copy it. */
export type Outcome = 'shared' | 'cancelled' | 'copied' | 'refused';

export interface Offer {
  readonly title: string;
  readonly text: string;
  readonly url: string;
}

/** The part of `navigator` that is used; all of it is missing on plain http. */
interface Ways {
  canShare?(offer: ShareData): boolean;
  share?(offer: ShareData): Promise<void>;
  readonly clipboard?: { writeText(text: string): Promise<void> };
}

/** Shows the system's own share sheet where there is one, else copies the link. Never rejects. */
export async function passOn(offer: Offer, ways: Ways): Promise<Outcome> {
  return (await share(offer, ways)) ?? (await copy(offer.url, ways));
}

/** Null: there is no share sheet, or it failed. */
async function share({ title, text, url }: Offer, ways: Ways): Promise<Outcome | null> {
  const data = { title, text, url };
  try {
    if (!ways.share || !ways.canShare?.(data)) return null;
    await ways.share(data);
    return 'shared';
  } catch (error) {
    // The visitor closed the sheet: that is an answer, and no reason to do something else.
    return (error as Error).name === 'AbortError' ? 'cancelled' : null;
  }
}

async function copy(url: string, { clipboard }: Ways): Promise<Outcome> {
  try {
    if (!clipboard) return 'refused';
    await clipboard.writeText(url);
    return 'copied';
  } catch {
    return 'refused';
  }
}
