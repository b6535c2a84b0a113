import { eachPerson, type Rule } from '../rule.ts';

export const insecureContext: Rule = {
  id: 'web/insecure-context',
  severity: 'error',
  fix: 'Serve it by https; only localhost may do without',
  find: eachPerson(({ insecure }) =>
    insecure.map(({ t, url }) => ({
      t,
      words: `${new URL(url).origin} is no secure context, so the browser gives it neither camera nor microphone`,
    })),
  ),
};
