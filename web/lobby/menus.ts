import { byId } from '../dom.ts';
import { texts } from '../texts.ts';
import { devicesOf, type Kind } from './devices.ts';
import { canChooseSpeaker } from './tone.ts';

const KINDS: readonly Kind[] = ['camera', 'microphone', 'speaker'];

/** Shows which devices there are, and which of them is `used`; what there is no choice of is not shown. */
export function fillMenus(all: readonly MediaDeviceInfo[], used: Partial<Record<Kind, string>>): void {
  const shown = KINDS.map(kind => fillMenu(kind, devicesOf(all, kind), used[kind]));
  byId('devices', HTMLElement).hidden = !shown.includes(true);
}

/** Calls back with what is picked. */
export function onPick(pick: (kind: Kind, id: string) => void, signal: AbortSignal): void {
  for (const kind of KINDS) {
    const menu = menuOf(kind);
    menu.addEventListener('change', () => pick(kind, menu.value), { signal });
  }
}

function fillMenu(kind: Kind, devices: readonly MediaDeviceInfo[], used: string | undefined): boolean {
  const menu = menuOf(kind);
  const options = devices.map(
    ({ label, deviceId }, index) =>
      new Option(label || `${texts.devices[kind]} ${index + 1}`, deviceId, false, deviceId === used),
  );
  // An open menu is not to be filled anew under somebody's finger for nothing.
  const changed = describe(options) !== describe([...menu.options]);
  if (changed) menu.replaceChildren(...options);
  if (used) menu.value = used;
  const useful = options.length > 0 && (kind !== 'speaker' || canChooseSpeaker());
  (menu.closest('.device') as HTMLElement).hidden = !useful;
  return useful;
}

function describe(options: readonly HTMLOptionElement[]): string {
  return JSON.stringify(options.map(({ value, text }) => [value, text]));
}

function menuOf(kind: Kind): HTMLSelectElement {
  return byId(`${kind}-menu`, HTMLSelectElement);
}
