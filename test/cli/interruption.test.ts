import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { catchInterruption } from '../../src/cli/interruption.ts';

function open() {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  let time = 1000;
  const { signal, release } = catchInterruption(130, () => time);
  onTestFinished(() => {
    release();
    exit.mockRestore();
  });
  const send = (name: NodeJS.Signals, afterMs = 0) => {
    time += afterMs;
    process.emit(name, name);
  };
  return { signal, exit, send };
}

describe('an interruption', () => {
  it('is orderly at the first signal', () => {
    const { signal, exit, send } = open();
    send('SIGINT');
    expect(signal.aborted).toBe(true);
    expect(exit).not.toHaveBeenCalled();
  });

  it("is not forced by the echo of npm's", () => {
    const { exit, send } = open();
    send('SIGINT');
    send('SIGINT', 20);
    expect(exit).not.toHaveBeenCalled();
  });

  it.each([
    ['SIGINT', 500],
    ['SIGTERM', 0],
  ] as const)('is forced by a %s that comes %d ms later', (name, afterMs) => {
    const { exit, send } = open();
    send('SIGINT');
    send(name, afterMs);
    expect(exit).toHaveBeenCalledExactlyOnceWith(130);
  });
});
