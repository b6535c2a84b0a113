import { describe, expect, it } from 'vitest';
import { browserArguments, launchBrowser } from '../../../src/smoke/browser/launch.ts';

const startsWith = (args: string[], start: string) => args.some(arg => arg.startsWith(start));

describe('browserArguments', () => {
  it('keeps the sandbox for everybody but root', () => {
    expect(browserArguments({ loopbackOnly: true, root: false })).not.toContain('--no-sandbox');
    expect(browserArguments({ loopbackOnly: true, root: true })).toContain('--no-sandbox');
  });

  it("resolves no name but this machine's, except with a real cloud", () => {
    expect(startsWith(browserArguments({ loopbackOnly: true, root: false }), '--host-resolver-rules')).toBe(
      true,
    );
    expect(startsWith(browserArguments({ loopbackOnly: false, root: false }), '--host-resolver-rules')).toBe(
      false,
    );
  });
});

describe('launchBrowser', () => {
  it('says of a program that ends at once that it is no browser', async () => {
    const browser = { path: '/bin/true', name: 'true' };
    await expect(launchBrowser({ browser, headed: false, loopbackOnly: true })).rejects.toMatchObject({
      code: 'NO_BROWSER',
      message: '/bin/true did not start as a browser (it ended at once); name another with --browser PATH.',
    });
  });
});
