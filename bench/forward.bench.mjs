// RTP packets through our bridge (UDP, SRTP with AES-GCM, forwarding) against a UDP relay that looks at nothing.
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { alternate, compareRates } from './measure.mjs';

const here = name => fileURLToPath(new URL(name, import.meta.url));

export async function measure({ runs = 9, packets = 20_000 } = {}) {
  const folder = here('../dist/bench');
  await bundle(folder);
  try {
    const rigs = await import(pathToFileURL(`${folder}/rig.mjs`).href);
    const rows = [await againstRelay(rigs, folder, runs, packets)];
    for (const receivers of [2, 4, 8]) rows.push(await againstOne(rigs, folder, receivers, runs, packets));
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The bridge is TypeScript, which Node 20 does not read. */
async function bundle(folder) {
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: ['rig', 'bridge', 'relay'].map(name => here(`forward/${name}.mjs`)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    banner: { js: "import{createRequire as $cr}from'node:module';const require=$cr(import.meta.url);" },
    logLevel: 'warning',
  });
}

async function againstRelay({ openBridgeRig, openRelayRig }, folder, runs, packets) {
  const [bridge, relay] = [await openBridgeRig(folder, 1), await openRelayRig(folder, 1)];
  const { ours, theirs } = await alternate(
    runs,
    () => bridge.run(packets),
    () => relay.run(packets),
  );
  for (const rig of [bridge, relay]) rig.close();
  return compareRates({
    name: 'RTP packets forwarded per second of one core, one sender, one receiver',
    floor: 'a plain UDP relay',
    least: 0.25,
    ours: ours.map(run => run.perCpuSecond),
    theirs: theirs.map(run => run.perCpuSecond),
  });
}

/** Linear in receivers: packets out per second stay what they are with one. */
async function againstOne({ openBridgeRig }, folder, receivers, runs, packets) {
  const [many, one] = [await openBridgeRig(folder, receivers), await openBridgeRig(folder, 1)];
  const { ours, theirs } = await alternate(
    runs,
    () => many.run(Math.ceil(packets / receivers)),
    () => one.run(packets),
  );
  for (const rig of [many, one]) rig.close();
  return compareRates({
    name: `the same, ${receivers} receivers, packets out`,
    floor: 'one receiver',
    least: 0.9,
    ours: ours.map(run => run.perCpuSecond),
    theirs: theirs.map(run => run.perCpuSecond),
  });
}
