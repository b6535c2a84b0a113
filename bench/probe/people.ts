// What bench/probe.bench.mjs needs of the smoke test, in one module: Node cannot import its TypeScript.

export { findBrowser } from '../../src/smoke/browser/find-browser.ts';
export { launchBrowser } from '../../src/smoke/browser/launch.ts';
export { signalAt } from '../../src/smoke/people/cast.ts';
export { invitePerson } from '../../src/smoke/people/person.ts';
export { openProfile } from '../../src/smoke/people/profile.ts';
