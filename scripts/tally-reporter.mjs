// Vitest's reporter for run-tests.mjs: writes down at once what happens, so that a run that had to be ended has a result too.
import { appendFileSync } from 'node:fs';

export default class TallyReporter {
  onTestModuleStart({ moduleId }) {
    tell('start', moduleId);
  }

  onTestCaseResult(test) {
    const { state } = test.result();
    if (state !== 'skipped') tell(state, test.fullName);
  }

  /** A file that failed to load has no test that did. */
  onTestModuleEnd(module) {
    const unloaded = module.state() === 'failed' && module.children.size === 0;
    tell(unloaded ? 'unloaded' : 'end', module.moduleId);
  }
}

function tell(kind, name) {
  appendFileSync(process.env.MEET_TEST_TALLY, `${JSON.stringify({ kind, name })}\n`);
}
