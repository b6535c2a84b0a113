import { describe, expect, it } from 'vitest';
import { JOIN_WORDS, LEAVE_WORDS } from '../../../src/smoke/pages/usual-controls.ts';

describe('the words of a button', () => {
  it.each([
    ...[
      'Join',
      'JOIN NOW',
      'Join the meeting',
      'Join again',
      'Rejoin',
      '🎥 Join call',
      'Start call',
      'Enter',
    ],
    ...['Beitreten', 'Jetzt teilnehmen', 'Wieder beitreten', 'Anruf starten', 'Rejoindre'],
  ])('%s joins', text => {
    expect(text).toMatch(JOIN_WORDS);
    expect(text).not.toMatch(LEAVE_WORDS);
  });

  it.each([
    ...['Leave', 'Leave the call', 'End call', 'Hang up', 'hangup', '✕ Leave', 'Disconnect'],
    ...['Auflegen', 'Anruf beenden', 'Verlassen', 'Raccrocher'],
  ])('%s leaves', text => {
    expect(text).toMatch(LEAVE_WORDS);
    expect(text).not.toMatch(JOIN_WORDS);
  });

  it.each(['Join our newsletter', 'Joined', 'Starters', 'Leave a comment', 'Maple leaves', 'Weekend', ''])(
    '%s does neither',
    text => {
      expect(text).not.toMatch(JOIN_WORDS);
      expect(text).not.toMatch(LEAVE_WORDS);
    },
  );
});
