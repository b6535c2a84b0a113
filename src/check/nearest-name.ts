/**
 * The name that was most likely meant: the same but for case, or most of whose words and letters are in it too. Null
 * where none is near.
 */
export function nearestName(name: string, known: readonly string[]): string | null {
  const scored = known.map(each => ({ each, score: likeness(name.toLowerCase(), each.toLowerCase()) }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a), { each: '', score: 0 });
  return best.score >= 0.5 ? best.each : null;
}

/** Dice's coefficient of the pairs of letters: 1 for the same, 0 for nothing in common. */
function likeness(a: string, b: string): number {
  const [pairsA, pairsB] = [pairs(a), pairs(b)];
  const common = pairsA.filter(pair => {
    const at = pairsB.indexOf(pair);
    if (at >= 0) pairsB.splice(at, 1);
    return at >= 0;
  });
  return (2 * common.length) / (a.length + b.length - 2 || 1);
}

function pairs(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
}
