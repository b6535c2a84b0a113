import { describe } from 'vitest';
import { describeAudit } from '../store/audit-contract.ts';
import { describeKilled } from '../store/killed.ts';
import { describePostgres } from './with-postgres.ts';

describePostgres('in PostgreSQL', postgres => {
  describeAudit(async () => ({ url: await postgres().createDatabase() }));

  describe('a killed process', () => {
    describeKilled(async () => ({ url: await postgres().createDatabase() }));
  });
});
