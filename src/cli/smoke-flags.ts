import type { Command as Program } from 'commander';
import { parseNumber } from './option-values.ts';

/** The flags of `meet smoke`, as commander reads them. */
export interface SmokeFlags {
  readonly url?: string;
  readonly serve?: string;
  readonly emulate?: boolean;
  readonly config?: string;
  readonly fill?: readonly string[];
  readonly join?: string;
  readonly leave?: string;
  readonly goneWithin?: string;
  readonly people?: string;
  readonly sameProfile?: boolean;
  readonly all?: boolean;
  readonly only?: readonly string[];
  readonly lint?: boolean;
  readonly report?: string;
  readonly junit?: string;
  readonly tap?: boolean;
  readonly deadline?: string;
  readonly repeat?: number;
  readonly browser?: string;
  readonly headed?: boolean;
  readonly sdk?: string;
  readonly keep?: boolean;
  readonly json?: boolean;
}

const gather = (text: string, before: readonly string[] = []) => [...before, text];
const splitList = (text: string, before: readonly string[] = []) => [...before, ...text.split(',')];

/** Adds them; the sections are those of the help page. */
export function addSmokeFlags(command: Program): Program {
  return command
    .optionsGroup('Your own page:')
    .option('--url <link>', 'a page of yours; {sessionId}, {uid} and {name} are filled in')
    .option('--serve <command>', 'start this first, wait until the page answers, stop it at the end')
    .option('--emulate', "lead the page's requests for CometChat's cloud to the emulator, in the browser")
    .option('--fill <selector=text>', 'fill a field before joining; again for more', gather)
    .option('--join <selector>', 'what to click to join (default: the usual buttons, if there is one)')
    .option('--leave <selector>', "what to click to leave (default: the SDK's own buttons)")
    .option('--gone-within <duration>', 'how soon the others have to see somebody gone (default: 1s)')
    .option('--config <file>', 'all of this as a file (default: meet.smoke.ts, if there is one)')
    .optionsGroup('People:')
    .option('--people <who>', 'how many, or alice,bob:voice,carol:late,dan:observer,eve:denied (default: 2)')
    .option('--same-profile', 'everybody in tabs of one browser profile')
    .optionsGroup('What is tried:')
    .option('--all', 'every scenario, after the meeting')
    .option('--only <names>', 'these scenarios, after the meeting: --only help lists them', splitList)
    .option('--no-lint', 'do not look for broken rules while the page runs')
    .option('--repeat <number>', 'how many times (default: 1)', parseNumber('--repeat', 1, 10_000))
    .option('--deadline <duration>', 'the time for one run (default: 2m; 10m with --all)')
    .optionsGroup('What is told:')
    .option('--report <folder>', 'write a report page, index.html, with everything that was seen')
    .option('--junit <file>', 'write JUnit XML')
    .option('--tap', 'print TAP')
    .option('--json', 'print JSON')
    .optionsGroup('The browser:')
    .option('--browser <path>', 'which browser (default: found)')
    .option('--headed', 'show the browsers')
    .option('--sdk <which>', "bundled, project or a path (default: the project's, else ours)")
    .option('--keep', 'keep browsers and data for a look');
}
