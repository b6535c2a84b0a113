import { eachPerson, type Rule } from '../rule.ts';

export const noLeaveOnUnmount: Rule = {
  id: 'web/no-leave-on-unmount',
  severity: 'error',
  fix: 'Call `leaveSession` (SDK v4: `endSession`) wherever the call is taken off the page, and stop tracks of your own',
  find: eachPerson(({ leftovers }) =>
    leftovers.map(({ t, openConnections, liveTracks }) => ({
      t,
      words: `the call was gone from the page, which still held ${openConnections} open connections and ${liveTracks.length} live tracks`,
    })),
  ),
};
