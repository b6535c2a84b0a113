import { afterAll, describe, expect, it } from 'vitest';
import { mergeFlags, parseField } from '../../src/cli/smoke-page.ts';
import { createSandbox } from './run-meet.ts';

describe('--fill', () => {
  it.each([
    ['#name={name}', '#name', '{name}'],
    ['[name="who"]=Alice', '[name="who"]', 'Alice'],
    ["form [data-x='a=b'] input=1=2", "form [data-x='a=b'] input", '1=2'],
    ['#empty=', '#empty', ''],
  ])('%s is read', (given, selector, text) => {
    expect(parseField(given)).toEqual({ selector, text });
  });

  it.each(['#name', '=text', '[name="x"]', ''])('%j is refused', given => {
    expect(() => parseField(given)).toThrow(/give a selector and a text/);
  });
});

it('flags win over the file', () => {
  const config = { url: 'http://a', people: 3, join: '#a', fill: { a: 'b' } };
  expect(mergeFlags(config, { join: '#b', json: true })).toEqual({
    url: 'http://a',
    people: '3',
    join: '#b',
    json: true,
  });
});

describe('meet smoke with a page', () => {
  const sandbox = createSandbox();
  afterAll(() => sandbox.remove());

  it.each([
    [['--join', '#x'], /--join is for a page of yours; name it with --url LINK/],
    [['--serve', 'true'], /--serve is for a page of yours/],
    [['--url', 'nothing'], /"nothing" is not a link to a page/],
    [['--url', 'http://localhost/{session}'], /did you mean \{sessionId\}/],
    [['--url', 'http://localhost/', '--gone-within', 'soon'], /"soon" is not a duration/],
    [['--url', 'http://localhost/', '--fill', 'x'], /give a selector and a text/],
    [['--config', '/no/such/file.ts'], /There is no \/no\/such\/file\.ts/],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stderr } = await sandbox.meet(['smoke', ...args]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  });
});
