import { expect, it } from 'vitest';
import { ask, describePostgres } from './with-postgres.ts';

describePostgres('a PostgreSQL for tests', postgres => {
  it.each(['fast', 'immediate'] as const)('is there again after a %s restart, with its data', async mode => {
    const url = await postgres().createDatabase();
    await ask(url, 'create table kept (x integer); insert into kept values (7);');
    await postgres().restart(mode);
    expect(await ask(url, 'select x from kept')).toEqual([{ x: 7 }]);
  });

  it('is away while it is stopped', async () => {
    const { url, stop, start } = postgres();
    await stop();
    await expect(ask(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await start();
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});
