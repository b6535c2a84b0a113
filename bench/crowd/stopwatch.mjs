// How long things take from where they are sent to where they arrive, in milliseconds; both ends in this process.
export function createStopwatch() {
  let sent = new Map();
  let taken = [];
  return {
    see(direction, name) {
      if (direction === 'sent') return sent.set(name, performance.now());
      const at = sent.get(name);
      if (at !== undefined) taken.push(performance.now() - at);
    },
    reset() {
      sent = new Map();
      taken = [];
    },
    percentiles() {
      if (taken.length === 0) throw new Error('nothing that was sent arrived');
      const sorted = taken.toSorted((a, b) => a - b);
      const at = part => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
      return { p50: at(0.5), p99: at(0.99) };
    },
  };
}
