import { describe, expect, it } from 'vitest';
import { keepToOurselves } from '../../../web/sdk/v4-foreign.ts';

const FONT = '@import url(https://fonts.googleapis.com/css2?family=Inter);';

const fakeDocument = () =>
  ({ createTextNode: (text: string) => ({ data: String(text) }) }) as unknown as Document;

describe('while SDK v4 starts, the document', () => {
  it('makes no text that would fetch a font from elsewhere', () => {
    const document = fakeDocument();
    keepToOurselves(document, false);
    expect(document.createTextNode(`${FONT}body {}`).data).toBe('body {}');
  });

  it('makes text of whatever is no text, as it does by itself', () => {
    const document = fakeDocument();
    keepToOurselves(document, false);
    expect(document.createTextNode(7 as unknown as string).data).toBe('7');
  });

  it('is its old self afterwards', () => {
    const document = fakeDocument();
    const { createTextNode } = document;
    keepToOurselves(document, false)();
    expect(document.createTextNode).toBe(createTextNode);
  });
});
