import type { StoreState } from '../../store/backend.ts';
import { MIGRATIONS } from '../../store/migrations.ts';
import { inspectStore } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { bad, type Finding, failed, ok, type Probe, warn } from './finding.ts';

const SUBJECT = { id: 'store', what: 'Meetings' };

/** Where the meetings are: whether it can be used, and which version its schema has. Nothing is made or migrated. */
export const storeProbe: Probe = async ({ folder, settings: { database, env } }: Context) => {
  // Its fault is told with the settings. The file is not what commands would use then.
  if (!database && env.MEET_DATABASE_URL)
    return [ok(SUBJECT, 'not looked at: MEET_DATABASE_URL is not well-formed')];
  try {
    const state = await inspectStore(database ?? { file: folder.storeFile });
    return [database ? describePostgres(state, database.place) : describeFile(state, folder.storeFile)];
  } catch (error) {
    return [failed(SUBJECT, error)];
  }
};

function describePostgres(state: StoreState | null, place: string): Finding {
  return describe(state, `PostgreSQL at ${place}`, 'give MEET_DATABASE_URL the primary');
}

function describeFile(state: StoreState | null, file: string): Finding {
  return describe(state, file, 'check its owner and mode, or choose another folder with MEET_DATA_DIR');
}

function describe(state: StoreState | null, place: string, ifReadOnly: string): Finding {
  if (!state) return ok(SUBJECT, `${place}, made at first use`);
  const { version, readOnly } = state;
  if (readOnly) return bad(SUBJECT, `${place} takes no changes`, ifReadOnly);
  if (version === 0) return ok(SUBJECT, `${place}, empty; tables are made at first use`);
  if (version === MIGRATIONS.length) return ok(SUBJECT, `${place}, schema ${version}`);
  return warn(
    SUBJECT,
    `${place} has the schema of an older meet (${version}, this one's is ${MIGRATIONS.length})`,
    'meet serve brings it up to date; a backup before, since older servers will not start on it then',
  );
}
