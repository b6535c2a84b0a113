import { describeAudit } from '../store/audit-contract.ts';
import { describePostgres } from './with-postgres.ts';

describePostgres('in PostgreSQL', postgres => {
  describeAudit(async () => ({ url: await postgres().createDatabase() }));
});
