import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A network of its own in this machine: a server and visitors, each with a network stack and an address. */
export interface LanNetwork {
  readonly server: Host;
  readonly visitors: readonly Host[];
  remove(): void;
}

export interface Host {
  readonly address: string;
  /** The program and the arguments that run another one there. */
  command(program: string, ...args: string[]): readonly [string, string[]];
  /** What a program there writes. */
  run(program: string, ...args: string[]): string;
  /** A program that runs `program` there, for who can only be told a path. */
  wrap(program: string): string;
}

const PREFIX = 'meet-lan-';

/** Why there can be no such network here; null where it can be. */
export function whyNoNetwork(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are of Linux';
  if (process.getuid?.() !== 0) return 'network namespaces want root';
  const probe = `${PREFIX}${process.pid}-probe`;
  try {
    ip('netns', 'add', probe);
    ip('-n', probe, 'link', 'add', 'br0', 'type', 'bridge');
    return null;
  } catch (error) {
    return `ip cannot make one (${error instanceof Error ? error.message.split('\n', 2).join(': ') : error}); Debian: apt-get install iproute2`;
  } finally {
    quietly(() => ip('netns', 'del', probe));
  }
}

/** Three namespaces, cabled to a bridge in the server's; no way out of them. Networks of runs that were killed are removed. */
export function openNetwork(): LanNetwork {
  removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  const name = (role: string) => `${PREFIX}${process.pid}-${role}`;
  const made: string[] = [];
  const remove = () => {
    for (const each of made.splice(0)) quietly(() => ip('netns', 'del', each));
    rmSync(folder, { recursive: true, force: true });
  };
  const open = (role: string, address: string): Host => {
    ip('netns', 'add', name(role));
    made.push(name(role));
    ip('-n', name(role), 'link', 'set', 'lo', 'up');
    return hostOf(name(role), address, folder);
  };
  try {
    const server = open('server', '10.77.0.1');
    ip('-n', name('server'), 'link', 'add', 'br0', 'type', 'bridge');
    ip('-n', name('server'), 'addr', 'add', '10.77.0.1/24', 'dev', 'br0');
    ip('-n', name('server'), 'link', 'set', 'br0', 'up');
    const visitors = ['alice', 'bob'].map((role, index) => {
      const visitor = open(role, `10.77.0.${index + 2}`);
      const cable = ['link', 'add', 'eth0', 'netns', name(role), 'type', 'veth'];
      ip(...cable, 'peer', 'name', role, 'netns', name('server'));
      ip('-n', name('server'), 'link', 'set', role, 'master', 'br0', 'up');
      ip('-n', name(role), 'addr', 'add', `${visitor.address}/24`, 'dev', 'eth0');
      ip('-n', name(role), 'link', 'set', 'eth0', 'up');
      return visitor;
    });
    return { server, visitors, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function hostOf(name: string, address: string, folder: string): Host {
  const command: Host['command'] = (program, ...args) => ['ip', ['netns', 'exec', name, program, ...args]];
  return {
    address,
    command,
    run(program, ...args) {
      const [file, all] = command(program, ...args);
      return execFileSync(file, all, { encoding: 'utf8' });
    },
    wrap(program) {
      mkdirSync(folder, { recursive: true });
      const file = join(folder, name);
      // Its pipes, over which the browser is driven, go along.
      writeFileSync(file, `#!/bin/sh\nexec ip netns exec ${name} '${program}' "$@"\n`);
      chmodSync(file, 0o755);
      return file;
    },
  };
}

function removeLeftovers(): void {
  const names = readdirSync('/run/netns').filter(each => each.startsWith(PREFIX));
  for (const each of names) {
    const pid = Number(each.slice(PREFIX.length).split('-', 1)[0]);
    if (pid !== process.pid && !isAlive(pid)) quietly(() => ip('netns', 'del', each));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: 'pipe', timeout: 10_000 });
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // What was never there, or is gone.
  }
}
