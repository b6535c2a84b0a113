// `npm run bench`: runs bench/*.bench.mjs, one after the other, and writes the ratios to bench/RESULTS.md.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { root, runScript, say } from './run-command.mjs';
import { setUp } from './setup.mjs';

await runScript(async () => {
  await setUp();
  const rows = [];
  const tables = [];
  for (const file of readdirSync(`${root}bench`).filter(name => name.endsWith('.bench.mjs'))) {
    say(`bench: ${file} …`);
    const { measure, tabulate } = await import(`../bench/${file}`);
    if (measure) rows.push(...(await measure()));
    if (tabulate) tables.push(await tabulate());
  }
  const results = describeResults(rows, tables);
  writeFileSync(`${root}bench/RESULTS.md`, results);
  quoteInReadme(tableOf(rows));
  process.stdout.write(results);
  return rows.some(({ verdict }) => verdict !== '') ? 1 : 0;
});

/** Rows have one ratio and its limit each; tables are figures that only make sense side by side. */
function describeResults(rows, tables) {
  return [
    '# Measured',
    '',
    'Medians of alternating runs; written by `npm run bench`. Times belong to the machine, ratios travel; in brackets the 95 % interval of the ratios of pairs, by the sign test.',
    '',
    `Machine: ${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${release()}, Node ${process.versions.node}.`,
    '',
    ...tableOf(rows),
    '',
    ...tables.flatMap(({ title, note, lines }) => [`## ${title}`, '', note, '', ...lines, '']),
  ].join('\n');
}

function tableOf(rows) {
  const head = ['| what | ours | floor | ratio | demanded | runs |', '|---|---|---|---|---|---|'];
  return [...head, ...rows.map(describeRow)];
}

/** The README shows the same table, between its marks; a test compares them. */
function quoteInReadme(table) {
  const file = `${root}README.md`;
  const quoted = ['<!-- bench -->', '', ...table, '', '<!-- /bench -->'].join('\n');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(/<!-- bench -->[\s\S]*<!-- \/bench -->/, () => quoted),
  );
}

function describeRow({ name, ours, floor, ratio, interval, verdict, demand, runs }) {
  const judged = verdict ? ` **${verdict}**` : '';
  const spread = interval ? ` (${interval.map(bound => bound.toFixed(2)).join(' to ')})` : '';
  return `| ${name} | ${ours} | ${floor} | ${ratio.toFixed(2)}${spread}${judged} | ${demand} | ${runs} |`;
}
