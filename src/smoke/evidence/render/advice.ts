import type { PhaseName } from '../../phase.ts';

/** Where to look when a phase failed, one sentence each; the cause itself is the phase's own to tell. */
export const ADVICE: Readonly<Record<PhaseName, string>> = {
  browser: 'Install Chrome, Edge or Chromium, or name one with --browser PATH.',
  serve: 'Start the server by hand with meet serve: it says more.',
  create: 'Look at the server’s answers below: a meeting could not be made, so nobody could have joined.',
  denials:
    'A door that must be shut was open, or answered otherwise than it should: mend the server before anything else.',
  token: 'Look at the requests for authorize and token below: their status says which check refused.',
  expiry: 'A meeting whose time was over still let somebody in: mend the server before anything else.',
  page: 'Look at the page’s console and failed requests below: a script or the SDK did not load.',
  join: 'Look at the signalling in the timeline: the last stanza before the silence tells who waits for whom.',
  late: 'Compare the latecomer’s signalling in the timeline with that of those who came first.',
  camera: 'Look at the console below: the page has to ask for the camera, and give the track to the call.',
  media:
    'Compare what one sends with what the other receives in the plots, then look at the ways to the media below.',
  leave: 'The page has to call leaveSession, and to listen to the SDK’s events, on both sides.',
  rejoin: 'Whoever comes back needs a fresh token, and a session that was left before.',
  'media again':
    'The first call was good: what is left over from it (tracks, listeners, the old token) is the suspect.',
  close: 'Nobody says goodbye when a tab is closed: the backend has to notice, and the others to be told.',
  cleanup: 'Call leaveSession when the page is left, and stop every track that the page itself took.',
  lint: 'The broken rules are listed below, each with what to do.',
};
