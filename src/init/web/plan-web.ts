import { createDraft, type Draft } from '../draft.ts';
import type { InitPlan } from '../file-change.ts';
import type { Tree } from '../tree.ts';
import { detectKind, type Kind } from './detect.ts';
import { isTypeScript } from './entries.ts';
import { addDependency, type Manifest, readManifest } from './manifest.ts';
import { planClient } from './plan-client.ts';
import { planNext } from './plan-next.ts';
import { planServer } from './plan-server.ts';
import { planSmoke } from './plan-smoke.ts';
import { renderTemplate, type Style } from './render.ts';

const SDK = '@cometchat/calls-sdk-javascript';
const SDK_RANGE = '^5.0.4';

export interface WebOptions extends Partial<Kind> {
  readonly force?: boolean;
}

/** What the parts of the plan work with. */
export interface Site {
  readonly tree: Tree;
  readonly manifest: Manifest;
  readonly draft: Draft;
  readonly kind: Kind;
  /** Writes a template of ours to a path of theirs. */
  put(template: string, path: string, style: Style, change?: (text: string) => string): void;
}

/**
 * What a web app lacks for call sessions: a room in the page, routes in the server, the SDK, and a run of `meet smoke`. `templates` are the
 * files that it is made of. Throws `BAD_REQUEST` where it cannot tell what the app is built with.
 */
export function planWeb(tree: Tree, templates: Tree, options: WebOptions): InitPlan {
  const manifest = readManifest(tree);
  const kind = detectKind(manifest, options);
  const draft = createDraft(tree, options);
  const put: Site['put'] = (template, path, style, change = text => text) =>
    draft.put(path, renderTemplate(change(templates.read(template) ?? ''), style));
  const site: Site = { tree, manifest, draft, kind, put };
  addSdk(site);
  if (kind.server === 'next') planNext(site);
  else {
    planClient(site);
    planServer(site, kind.server);
  }
  planSmoke(site);
  return draft.plan();
}

function addSdk({ draft, manifest }: Site): void {
  const range = manifest.dependencies[SDK];
  if (range === undefined) draft.edit('package.json', text => addDependency(text, SDK, SDK_RANGE));
  else if (/^[\^~]?[0-4]\b/.test(range))
    draft.step(`package.json has ${SDK} ${range}, and the call room is for version 5: npm install ${SDK}@5`);
  draft.step('npm install');
}

/** Whether an app is written in TypeScript, as far as files tell that are not there yet. */
export function usesTypeScript({ tree, manifest }: Site, entry: string | null): boolean {
  if (entry) return isTypeScript(entry);
  return tree.read('tsconfig.json') !== null || 'typescript' in manifest.dependencies;
}
