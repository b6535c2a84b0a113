// What src/client/api.ts is: the routes of the OpenAPI document as functions, by oazapfts.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSource } from 'oazapfts';

/** What a program asks for; pages, probes and streams it does not, or reads in its own way. */
const OPERATIONS = new Set([
  'createMeeting',
  'listMeetings',
  'getMeeting',
  'changeMeeting',
  'endMeeting',
  'createInvite',
  'kickPerson',
  'revokePerson',
  'rotateKey',
  'listPeople',
]);

/** Refusals are thrown before a function of the client sees them, and examples are for people. */
function trimOperation(operation) {
  const responses = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
  return { ...operation, responses: Object.fromEntries(responses) };
}

function trimDocument(document) {
  const paths = Object.entries(document.paths).flatMap(([path, methods]) => {
    const kept = Object.entries(methods).filter(([, { operationId }]) => OPERATIONS.has(operationId));
    if (kept.length === 0) return [];
    return [[path, Object.fromEntries(kept.map(([method, each]) => [method, trimOperation(each)]))]];
  });
  return { ...document, paths: Object.fromEntries(paths), components: {} };
}

/** The source of the client for this document; the same for the same document. */
export async function generateClient(document) {
  const folder = await mkdtemp(join(tmpdir(), 'meet-client-'));
  try {
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(trimDocument(document)));
    // Its style is not ours: our compiler's strictness and biome leave it alone.
    return `// @ts-nocheck\n${await generateSource(file, { optimistic: true })}`;
  } finally {
    await rm(folder, { recursive: true });
  }
}
