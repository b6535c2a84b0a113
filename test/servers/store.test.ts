import { describeStore } from '../store/contract.ts';
import { describePostgres } from './with-postgres.ts';

describePostgres('in PostgreSQL', postgres => {
  describeStore(async () => ({ url: await postgres().createDatabase() }));
});
