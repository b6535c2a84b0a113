// What bench/crowd.bench.mjs needs of the tests' people, in one module: Node cannot import their TypeScript.

export { findBrowser } from '../../src/smoke/browser/find-browser.ts';
export { launchBrowser } from '../../src/smoke/browser/launch.ts';
export { enterAlone } from '../../test/people/lone-person.ts';
export { record } from '../../test/people/recording.ts';
