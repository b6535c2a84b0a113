import { describe, expect, it } from 'vitest';
import { createDraft } from '../../src/init/draft.ts';
import { diffOf } from '../../src/init/file-change.ts';
import { treeOf } from './tree-of.ts';

const tree = treeOf({ 'theirs.json': '{\n}\n', 'ours.ts': 'ours\n', 'changed.ts': 'ours, and more\n' });

describe('a draft', () => {
  it('keeps what was changed by hand, and writes what lacks', () => {
    const draft = createDraft(tree);
    for (const path of ['ours.ts', 'changed.ts', 'new.ts']) draft.put(path, 'ours\n');
    draft.step('run it');
    expect(draft.plan()).toEqual({
      changes: [{ path: 'new.ts', before: null, after: 'ours\n' }],
      kept: ['changed.ts'],
      steps: ['run it'],
    });
  });

  it('writes anew what was changed by hand, when forced', () => {
    const draft = createDraft(tree, { force: true });
    draft.put('changed.ts', 'ours\n');
    const change = { path: 'changed.ts', before: 'ours, and more\n', after: 'ours\n' };
    expect(draft.plan()).toMatchObject({ changes: [change], kept: [] });
  });

  it('puts one edit on top of the other, and says where there is no place for one', () => {
    const draft = createDraft(tree);
    expect(draft.edit('theirs.json', text => text.replace('{', '{ "a": 1,'))).toBe(true);
    expect(draft.edit('theirs.json', text => text.replace('1,', '1'))).toBe(true);
    expect(draft.edit('theirs.json', () => null)).toBe(false);
    expect(draft.edit('nowhere.json', text => text)).toBe(false);
    expect(draft.plan().changes).toEqual([{ path: 'theirs.json', before: '{\n}\n', after: '{ "a": 1\n}\n' }]);
  });

  it('has nothing to change where an edit was made before', () => {
    const draft = createDraft(tree);
    expect(draft.edit('theirs.json', text => text)).toBe(true);
    expect(draft.plan().changes).toEqual([]);
  });
});

describe('the diff of a change', () => {
  it('says what is new', () => {
    expect(diffOf({ path: 'a.ts', before: null, after: 'a\n' })).toBe(
      '--- /dev/null\n+++ b/a.ts\n@@ -0,0 +1,1 @@\n+a\n',
    );
  });

  it('is empty for what stays', () => {
    expect(diffOf({ path: 'a.ts', before: 'a\n', after: 'a\n' })).toBe('');
  });
});
