import type { DataFolder } from './data-folder.ts';
import type { ServerFlags } from './remote.ts';
import type { Settings } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the process brings; tests bring their own. */
export interface Io {
  /** Without node and script. */
  readonly argv: readonly string[];
  readonly env: Environment;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
}

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** A stream for people: styles text where the stream shows colours. */
export interface Output {
  /** Writes `text` and ends the line. */
  line(text?: string): void;
  style(style: Style, text: string): string;
  /** Whether the stream shows colours. */
  readonly colors: boolean;
}

/** What every command gets. */
export interface Context {
  readonly io: Io;
  /** Results: a link, a table or JSON. */
  readonly out: Output;
  /** Everything else. */
  readonly notes: Output;
  readonly settings: Settings;
  readonly folder: DataFolder;
  /** Which server the command is for; none: this project's own. */
  readonly serverFlags?: ServerFlags;
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

/** A command; gives the exit code. Expected failures are thrown as `MeetError`. */
export type Command<Flags> = (context: Context, flags: Flags) => Promise<number>;
