/** What `work` gives, or null when it fails or takes longer than `ms`. Never rejects: evidence that is missing fails no run. */
export function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms, null);
    work.then(resolve, () => resolve(null)).finally(() => clearTimeout(timer));
  });
}
