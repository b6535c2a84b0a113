import { execFileSync } from 'node:child_process';

/** Kills a process and all that it started, also what made itself a group of its own: browsers do. */
export function endTree(pid) {
  if (process.platform === 'win32') {
    execFileSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  const parents = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number));
  for (const one of listTree(pid, parents)) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // it has just ended by itself
    }
  }
}

function listTree(pid, parents) {
  const children = parents.filter(([, parent]) => parent === pid).map(([child]) => child);
  return [pid, ...children.flatMap(child => listTree(child, parents))];
}
