import { openStyles, type Styles } from './css/styles.ts';
import type { ParseDart } from './dart/parse-dart.ts';
import { type Flutter, NO_FLUTTER, readFlutter } from './flutter/read-flutter.ts';
import { type Markup, openMarkup } from './markup/markup.ts';
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
  readonly markup: Markup;
  readonly styles: Styles;
  /** How this project's calls begin. */
  readonly modes: ReadonlySet<Mode>;
}

/** `parseDart`: null where nobody loaded it; then Dart is left out. */
export function gatherFacts(project: Project, parseDart: ParseDart | null): Facts {
  const web = once(() => openWeb(project));
  const markup = once(() => openMarkup(project, web()));
  const styles = once(() => openStyles(project, web()));
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
    get markup() {
      return markup();
    },
    get styles() {
      return styles();
    },
    get modes() {
      return modes();
    },
  };
}
