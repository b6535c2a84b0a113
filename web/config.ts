export type PhoneSystem = 'android' | 'ios';

/** What the server writes into the page's head; the same for every meeting. */
export interface PageConfig {
  readonly sdk: {
    readonly name: string;
    readonly version: string;
    readonly major: number;
    /** Whose copy it is. */
    readonly source: 'bundled' | 'project' | 'path';
    readonly url: string;
    /** v5 brings a style sheet of its own. */
    readonly css?: string;
  };
  readonly backend: 'emulator' | 'cloud';
  /** An app for meetings, and on which phones there is one. */
  readonly app?: { readonly scheme: string; readonly systems: readonly PhoneSystem[] };
  /** How long to wait for the SDK to say that it joined (ms). */
  readonly joinTimeoutMs?: number;
}

/** Null where the server wrote none. */
export function readConfig(document: Document): PageConfig | null {
  const content = document.querySelector<HTMLMetaElement>('meta[name="meet-config"]')?.content;
  return content ? (JSON.parse(content) as PageConfig) : null;
}
