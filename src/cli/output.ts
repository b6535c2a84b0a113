import kleur from 'kleur';
import type { Environment, Io, Output } from './context.ts';

// We decide by stream; kleur decides once, by the process's stdout.
kleur.enabled = true;

/** Whether a stream shows colours: https://no-color.org, FORCE_COLOR as in Node, and otherwise only terminals. */
function hasColors(stream: Io['stdout'], env: Environment): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Wraps a stream for people. */
export function createOutput(stream: Io['stdout'], env: Environment): Output {
  const colors = hasColors(stream, env);
  return {
    line: (text = '') => {
      stream.write(`${text}\n`);
    },
    colors,
    style: (style, text) => (colors ? kleur[style](text) : text),
  };
}
