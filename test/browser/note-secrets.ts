import type { Page } from 'playwright-core';

/** Puts every token that passes by into `secrets`: from bodies, headers and addresses. Before the page is opened. */
export async function noteSecrets(page: Page, secrets: Set<string>): Promise<void> {
  const note = (text: unknown) => {
    if (typeof text === 'string' && /^[\w.-]{20,}$/.test(text)) secrets.add(text);
  };
  page.on('request', request => {
    const headers = request.headers();
    for (const name of ['authtoken', 'calltoken', 'meet-key', 'apikey']) note(headers[name]);
    note(headers.authorization?.replace('Bearer ', ''));
  });
  page.on('websocket', socket => {
    const { searchParams } = new URL(socket.url());
    for (const name of ['token', 'pwd']) note(searchParams.get(name));
    const noteWords = ({ payload }: { payload: string | Buffer }) => {
      for (const [, password] of String(payload).matchAll(/pwd=['"]?([\w+/-]+)/g)) note(password);
    };
    socket.on('framesent', noteWords);
    socket.on('framereceived', noteWords);
  });
  page.on('response', async response => {
    if (!/token|identity/.test(response.url())) return;
    const body = await response.json().catch(() => null);
    for (const value of Object.values({ ...body, ...body?.data })) note(value);
  });
}
