import type { ParseDart } from './dart/parse-dart.ts';
import { type Flutter, NO_FLUTTER, readFlutter } from './flutter/read-flutter.ts';
import { findModes } from './modes.ts';
import type { Project } from './project/project.ts';
import type { Mode } from './rule.ts';
import { once } from './web/symbols.ts';
import { openWeb, type Web } from './web/web.ts';

/** What rules look at. Each part is worked out when the first rule asks for it. */
export interface Facts {
  readonly project: Project;
  readonly web: Web;
  readonly flutter: Flutter;
  /** How this project's calls begin. */
  readonly modes: ReadonlySet<Mode>;
}

/** `parseDart`: null where nobody loaded it; then Dart is left out. */
export function gatherFacts(project: Project, parseDart: ParseDart | null): Facts {
  const web = once(() => openWeb(project));
  const modes = once(() => findModes(project, web()));
  const flutter = once(() => (parseDart ? readFlutter(project, parseDart) : NO_FLUTTER));
  return {
    project,
    get flutter() {
      return flutter();
    },
    get web() {
      return web();
    },
    get modes() {
      return modes();
    },
  };
}
