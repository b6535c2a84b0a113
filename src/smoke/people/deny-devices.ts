import type { Page } from 'playwright-core';

/**
 * Makes the browser itself refuse camera and microphone to a page and its frames, as for a visitor who said no:
 * `NotAllowedError`, and 'denied' to whoever asks for the permission. By a Permissions-Policy on each document, since
 * the launch argument --use-fake-ui-for-media-stream grants what `Browser.setPermission` has denied.
 */
export async function denyDevices(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  session.on('Fetch.requestPaused', ({ requestId, responseStatusCode, responseHeaders = [] }) => {
    const answer = responseStatusCode
      ? session.send('Fetch.continueResponse', {
          requestId,
          responseCode: responseStatusCode,
          // The last of several policies for one feature counts.
          responseHeaders: [...responseHeaders, POLICY],
        })
      : session.send('Fetch.continueRequest', { requestId });
    // A page that is gone has no answer to wait for.
    answer.catch(() => {});
  });
  await session.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Response' }] });
}

const POLICY = { name: 'Permissions-Policy', value: 'camera=(), microphone=()' };
