export interface Clock {
  /** Epoch ms, as the server counts them. */
  now(): number;
  follow(serverTime: string): void;
}

/** The server's clock decides when a door opens; the visitor's may be wrong by hours. */
export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    follow(serverTime) {
      offset = Date.parse(serverTime) - Date.now() || 0;
    },
  };
}
