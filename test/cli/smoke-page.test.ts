import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
    [['--url', 'http://localhost/', '--gone-within', 'soon'], /--gone-within: "soon" is not a duration/],
    [['--url', 'http://localhost/', '--deadline', '90'], /--deadline: "90" is not a duration/],
    [['--url', 'http://localhost/', '--fill', '#who={nam}'], /did you mean \{name\}/],
    [['--url', 'http://localhost/', '--fill', 'x'], /give a selector and a text/],
    [['--config', '/no/such/file.ts'], /There is no \/no\/such\/file\.ts/],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stderr } = await sandbox.meet(['smoke', ...args]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  });

  it.each([
    ['fill', "{ '#name': '{name}' }"],
    ['uids', "['a', 'b']"],
    ['createSession', "async () => ({ sessionId: 'x' })"],
  ])('a file with %s and without a url is wrong usage', async (field, value) => {
    const file = join(sandbox.path, 'lonely.ts');
    await writeFile(file, `export default { ${field}: ${value} };`);
    const { code, stderr } = await sandbox.meet(['smoke', '--config', file]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(`${field} is for a page of yours; give its url too.`),
    });
  });
});
