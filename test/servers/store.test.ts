import { describeStore } from '../store/contract.ts';
import { ask, describePostgres } from './with-postgres.ts';

describePostgres('in PostgreSQL', postgres => {
  let database: Promise<string> | undefined;
  let schemas = 0;

  describeStore(async () => {
    database ??= postgres().createDatabase();
    const url = await database;
    schemas += 1;
    // A tenth of the time that a database of its own takes.
    await ask(url, `create schema store_${schemas}`);
    return { url: `${url}?options=-csearch_path%3Dstore_${schemas}` };
  });
});
