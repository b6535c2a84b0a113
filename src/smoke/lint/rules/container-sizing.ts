import type { ContainerFact } from '../facts.ts';
import { eachPerson, type Rule } from '../rule.ts';

/** How much of the viewport a container that is fixed to it has to fill. */
const NEARLY_ALL = 0.95;

export const containerSizing: Rule = {
  id: 'web/container-sizing',
  severity: 'error',
  fix: 'Give it `position: fixed; top: 0; left: 0; width: 100vw; height: 100vh`, or a size in pixels, before joining',
  find: eachPerson(({ containers }) =>
    containers.flatMap(container => {
      const words = faultOf(container);
      return words ? [{ t: container.t, words: `when the SDK began to draw, its container ${words}` }] : [];
    }),
  ),
};

function faultOf(container: ContainerFact): string | null {
  const { width, height, position, cssHeight, viewport } = container;
  const size = `${Math.round(width)} x ${Math.round(height)} pixels`;
  if (width < 1 || height < 1) return `was ${size}: nothing of the call can be seen`;
  const filled = Math.min(width / viewport.width, height / viewport.height);
  if (position === 'fixed' && filled >= NEARLY_ALL) return null;
  if (/^[\d.]+px$/.test(cssHeight)) return outsideOf(container);
  return `was ${size}, of a height of '${cssHeight}' that what surrounds it may change at any time`;
}

function outsideOf({ x, y, width, height, reach }: ContainerFact): string | null {
  const aside = Math.max(x + width - reach.width, -x);
  const beyond = Math.max(y + height - reach.height, -y);
  if (aside < width / 2 && beyond < height / 2) return null;
  return 'was mostly outside of what the window shows, and of what scrolling brings into it';
}
