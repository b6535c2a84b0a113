// A child process that answers its parent's questions, one by one.
export function serve(answers) {
  process.on('message', async ({ ask, ...details }) => {
    try {
      process.send({ answer: (await answers[ask](details)) ?? null });
    } catch (error) {
      process.send({ error: error.stack });
    }
  });
  process.on('disconnect', () => process.exit());
}

/** The processor's time of this process, all threads, from `start` to `stop`. */
export function createMeter() {
  let before;
  return {
    start() {
      before = process.cpuUsage();
    },
    stop() {
      const { user, system } = process.cpuUsage(before);
      return { cpuSeconds: (user + system) / 1e6 };
    },
  };
}
