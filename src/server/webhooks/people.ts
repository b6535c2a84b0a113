import type { WebhookEvent } from '../../core/webhook.ts';

interface Person {
  readonly uid: string;
  readonly name: string;
}

/** Where people come and go: the emulator. */
export interface Doors {
  /** Tells which session somebody came to or left. */
  onChange(listener: (sessionId: string) => void): () => void;
  people(sessionId: string): readonly Person[];
}

export interface PeopleOptions {
  readonly doors: Doors;
  readonly announce: (event: WebhookEvent) => Promise<void>;
  /** Sessions of other applications are none of ours. */
  readonly isMeeting: (sessionId: string) => Promise<boolean>;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Announces who joins and leaves: people, not their tabs and shared screens. Returns the undo, which waits for what is under way.
 */
export function announcePeople({
  doors,
  announce,
  isMeeting,
  onFailure,
}: PeopleOptions): () => Promise<void> {
  const known = new Map<string, ReadonlyMap<string, Person>>();
  let underWay: Promise<unknown> = Promise.resolve();

  const compare = (sessionId: string): WebhookEvent[] => {
    const before = known.get(sessionId) ?? new Map<string, Person>();
    const now = new Map(doors.people(sessionId).map(person => [person.uid, person]));
    if (now.size > 0) known.set(sessionId, now);
    else known.delete(sessionId);
    const tell = (type: WebhookEvent['type'], { uid, name }: Person): WebhookEvent => ({
      type,
      sessionId,
      data: { uid, name, people: now.size },
    });
    const joined = [...now.values()].filter(({ uid }) => !before.has(uid));
    const left = [...before.values()].filter(({ uid }) => !now.has(uid));
    return [...left.map(one => tell('person.left', one)), ...joined.map(one => tell('person.joined', one))];
  };
  const tellAll = async (sessionId: string, events: readonly WebhookEvent[]): Promise<void> => {
    if (events.length === 0 || !(await isMeeting(sessionId))) return;
    await Promise.all(events.map(announce));
  };
  const undo = doors.onChange(sessionId => {
    // A turn later, when whoever leaves is gone from the list.
    setImmediate(() => {
      const told = tellAll(sessionId, compare(sessionId)).catch(onFailure);
      underWay = Promise.all([underWay, told]);
    });
  });

  return async () => {
    undo();
    await underWay;
  };
}
