const OFF = ['off', '0', 'false', 'no'];
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether the page at `url` offers its developers' drawer: on the developer's own machine, and wherever `?debug` asks for it. */
export function wantsDrawer({ hostname, searchParams }: URL): boolean {
  const asked = searchParams.get('debug');
  return asked === null ? isLoopback(hostname) : !OFF.includes(asked.toLowerCase());
}

/** By its name only, as in `URL.hostname`. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname.toLowerCase());
}
