import { describe, expect, it } from 'vitest';
import { SWITCH_WORDS, type Switch } from '../../../src/smoke/pages/switches.ts';

const WORDS: readonly (readonly [Switch | null, ...string[]])[] = [
  ['microphone', 'Mute', 'Unmute', 'Un-mute me', 'Mute audio', '🎤 Mute microphone', 'Turn off the mic'],
  ['camera', 'Stop video', 'Turn on camera', 'turn off my camera', 'Toggle video', 'Pause video'],
  [
    'screen',
    'Share screen',
    'Share your screen',
    'Screen share',
    'Stop sharing screen',
    'Start screen-sharing',
  ],
  [null, 'Toggle', 'Mute bob', 'Mute all', 'Video settings', 'Start', 'Share', 'Share link', 'Camera', ''],
];

describe('the words of a button', () => {
  it.each(WORDS.flatMap(([which, ...texts]) => texts.map(text => [text, which] as const)))(
    '%s switches %s',
    (text, which) => {
      const fitting = Object.entries(SWITCH_WORDS).filter(([, words]) => words.test(text));
      expect(fitting.map(([name]) => name)).toEqual(which ? [which] : []);
    },
  );
});
