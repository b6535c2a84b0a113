const DEVICES = /camera|microphone|\bmic\b|webcam|device|permission|allow|blocked|denied/i;
const MOST_WORDS = 140;

/** Of all that a page shows, what it says about devices; else how it begins. Pure. */
export function pickWords(shown: string): { words: string; fitting: boolean } {
  const lines = shown
    .split('\n')
    .map(line => line.trim().replace(/\s+/g, ' '))
    .filter(Boolean);
  const fitting = lines.filter(line => DEVICES.test(line));
  const words = [...new Set(fitting.length > 0 ? fitting : lines)].join(' / ');
  return { words: cut(words), fitting: fitting.length > 0 };
}

function cut(words: string): string {
  return words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS - 1)}…` : words;
}
