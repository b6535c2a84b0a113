import { findModes } from './modes.ts';
import type { Project } from './project/project.ts';
import type { Mode } from './rule.ts';
import { once } from './web/symbols.ts';
import { openWeb, type Web } from './web/web.ts';

/** What rules look at. Each part is worked out when the first rule asks for it. */
export interface Facts {
  readonly project: Project;
  readonly web: Web;
  /** How this project's calls begin. */
  readonly modes: ReadonlySet<Mode>;
}

export function gatherFacts(project: Project): Facts {
  const web = once(() => openWeb(project));
  const modes = once(() => findModes(project, web()));
  return {
    project,
    get web() {
      return web();
    },
    get modes() {
      return modes();
    },
  };
}
