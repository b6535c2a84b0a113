import { texts } from '../texts.ts';
import type { Source, Troubles } from './capture.ts';
import { type Browser, browserOf, type System, systemOf, type Trouble } from './permission.ts';

/** What is wrong with camera and microphone, and where to click. Empty: nothing is. */
export function adviseOn(troubles: Troubles, agent: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): string {
  const { camera, microphone } = troubles;
  if (!camera && !microphone) return '';
  const [browser, system] = [browserOf(agent), systemOf(agent)];
  const { preview } = texts;
  if (camera && camera === microphone)
    return join(preview.both[camera], howTo(camera, browser, system), preview.neither);
  return join(
    ...sayOne('camera', camera, browser, system),
    ...sayOne('microphone', microphone, browser, system),
    camera && microphone ? preview.neither : '',
  );
}

function sayOne(source: Source, trouble: Trouble | undefined, browser: Browser, system: System): string[] {
  if (!trouble) return [];
  const { preview } = texts;
  return [preview[source][trouble], howTo(trouble, browser, system), preview.without[source]];
}

function howTo(trouble: Trouble, browser: Browser, system: System): string {
  const { allow, allowInSystem } = texts.preview;
  if (trouble === 'blocked') return allow[browser];
  return trouble === 'system' ? allowInSystem[system] : '';
}

function join(...sentences: string[]): string {
  return sentences.filter(Boolean).join(' ');
}
