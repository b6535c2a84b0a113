import { createDraft } from '../draft.ts';
import type { InitPlan } from '../file-change.ts';
import type { Tree } from '../tree.ts';
import { detectKind, type Kind } from './detect.ts';
import { addDependency, readManifest } from './manifest.ts';
import { planClient } from './plan-client.ts';
import { planNext } from './plan-next.ts';
import { planServer } from './plan-server.ts';
import { planSmoke } from './plan-smoke.ts';
import { renderTemplate } from './render.ts';
import type { Site } from './site.ts';

const SDK = '@cometchat/calls-sdk-javascript';
const SDK_RANGE = '^5.0.4';

export interface WebOptions extends Partial<Kind> {
  readonly force?: boolean;
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
