import { describe, expect, it } from 'vitest';
import { addDependency, readManifest } from '../../../src/init/web/manifest.ts';
import { treeOf } from '../tree-of.ts';

describe('package.json', () => {
  it('tells of both kinds of dependencies, and of scripts', () => {
    const text = `\uFEFF{ "type": "module", "workspaces": [], "scripts": { "dev": "vite" },
      "dependencies": { "a": "1" }, "devDependencies": { "b": "2", "c": { } } }`;
    expect(readManifest(treeOf({ 'package.json': text }))).toEqual({
      dependencies: { a: '1', b: '2' },
      scripts: { dev: 'vite' },
      isModule: true,
      isWorkspaceRoot: true,
    });
  });

  it.each([
    [{}, 'There is no package.json here; name the folder of your web app.'],
    [{ 'package.json': '{ "name": ' }, 'package.json is no JSON object; mend it first.'],
    [{ 'package.json': '[]' }, 'package.json is no JSON object; mend it first.'],
  ])('has to be there and to be JSON: %j', (files, message) => {
    expect(() => readManifest(treeOf(files as Record<string, string>))).toThrow(message);
  });
});

describe('one more dependency', () => {
  it.each([
    [
      'two blanks, in the middle',
      '{\n  "dependencies": {\n    "a": "1",\n    "z": "2"\n  }\n}\n',
      '{\n  "dependencies": {\n    "a": "1",\n    "new": "^5",\n    "z": "2"\n  }\n}\n',
    ],
    [
      'tabs, at the end, with odd spacing elsewhere',
      '{\n\t"files": ["a",  "b"],\n\t"dependencies": {\n\t\t"a": "1"\n\t}\n}',
      '{\n\t"files": ["a",  "b"],\n\t"dependencies": {\n\t\t"a": "1",\n\t\t"new": "^5"\n\t}\n}',
    ],
    [
      'four blanks and the line ends of Windows, before a scoped name',
      '{\r\n    "dependencies": {\r\n        "@z/a": "1",\r\n        "zod": "3"\r\n    }\r\n}\r\n',
      '{\r\n    "dependencies": {\r\n        "@z/a": "1",\r\n        "new": "^5",\r\n        "zod": "3"\r\n    }\r\n}\r\n',
    ],
    [
      'no dependencies yet',
      '{\n  "name": "app"\n}\n',
      '{\n  "name": "app",\n  "dependencies": {\n    "new": "^5"\n  }\n}\n',
    ],
    ['an empty list', '{\n  "dependencies": {}\n}\n', '{\n  "dependencies": {\n    "new": "^5"\n  }\n}\n'],
  ])('is put where npm would put it, in the hand of the file: %s', (_, before, after) => {
    expect(addDependency(before, 'new', '^5')).toBe(after);
  });
});
