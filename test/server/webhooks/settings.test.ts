import { describe, expect, it } from 'vitest';
import { readWebhooks } from '../../../src/server/webhooks/settings.ts';
import { WEBHOOK_SECRET } from './receiver.ts';

const codeAndWords = (urls: string, secrets?: string) => {
  try {
    readWebhooks(urls, secrets);
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message };
  }
};

describe('the settings of webhooks', () => {
  it.each([undefined, '', ' , '])('are none without a URL: %j', urls => {
    expect(readWebhooks(urls, undefined)).toBeNull();
  });

  it('refuse a secret that nobody is signed for', () => {
    expect(codeAndWords('', WEBHOOK_SECRET)).toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringMatching(/^MEET_WEBHOOK_URL is missing; /),
    });
  });

  it('take several receivers and secrets, each receiver once', () => {
    const old = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const urls =
      'https://app.example.com/hooks, http://127.0.0.1:9/x,http://localhost/x,http://[::1]/x,https://app.example.com/hooks';
    const settings = readWebhooks(urls, `${WEBHOOK_SECRET}, ${old}`);
    expect(settings?.receivers.map(({ url, host }) => [url, host])).toEqual([
      ['https://app.example.com/hooks', 'app.example.com'],
      ['http://127.0.0.1:9/x', '127.0.0.1:9'],
      ['http://localhost/x', 'localhost'],
      ['http://[::1]/x', '[::1]'],
    ]);
    expect(new Set(settings?.receivers.map(({ id }) => id)).size).toBe(4);
    expect(settings?.secrets.map(secret => secret.length)).toEqual([32, 24]);
  });

  it.each([
    ['http beyond this machine', 'http://app.example.com/h-path'],
    ['another scheme', 'ftp://app.example.com/h-path'],
    ['no URL', 'h-path'],
    ['a password', 'https://a:pass-word@app.example.com/h-path'],
  ])('refuse %s, and do not repeat it', (_, url) => {
    const refusal = codeAndWords(url, WEBHOOK_SECRET);
    expect(refusal?.code).toBe('BAD_CONFIG');
    expect(refusal?.message).not.toMatch(/h-path|pass-word/);
  });

  it.each([
    ['none', undefined],
    ['a word', 'secret-word'],
    ['too few bytes', `whsec_${Buffer.alloc(23).toString('base64')}`],
    ['too many bytes', `whsec_${Buffer.alloc(65).toString('base64')}`],
    ['no base64', 'whsec_!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!'],
  ])('refuse a secret that is %s, and do not repeat it', (_, secret) => {
    const refusal = codeAndWords('https://app.example.com', secret);
    expect(refusal?.code).toBe('BAD_CONFIG');
    expect(refusal?.message).not.toContain(secret ?? '???');
  });
});
