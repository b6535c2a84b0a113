import type { Page } from 'playwright-core';

/** Has the page's lib-jitsi-meet say it over its channel, and keeps the SDK's layout from saying something else. */
export async function want(page: Page, maxHeight: number): Promise<void> {
  const constraints = { lastN: -1, defaultConstraints: { maxHeight }, constraints: {} };
  await page.evaluate(`{
    window.__want ??= room.setReceiverConstraints.bind(room);
    room.setReceiverConstraints = () => {};
    __want(${JSON.stringify(constraints)});
  }`);
}
