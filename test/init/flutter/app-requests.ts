import { calledName, callsIn, findAll, textOf } from '../../../src/check/dart/tree.ts';
import { meetServer } from '../../../src/init/flutter/meet-server.ts';
import { parseDart } from '../../check/dart/dart-run.ts';

/** A request that the generated Dart makes. */
export interface AppRequest {
  /** With `$id` in it. */
  readonly path: string;
  /** The expression that is sent. */
  readonly body: string;
  /** Whether the identity's token goes along. */
  readonly token: boolean;
}

const source = meetServer('https://meet.example.com');
const { root, gaps } = parseDart(source);
if (gaps.length > 0) throw new Error('the client of the app is not whole Dart');

const plain = (literal: string) => literal.replace(/^'|'$/g, '');

/** What the app asks, in its order, read from the Dart that is written. */
export const appRequests: readonly AppRequest[] = callsIn(root)
  .filter(call => calledName(call) === '_post' && call.args.length >= 2)
  .sort((a, b) => a.start - b.start)
  .map(({ args }) => ({
    path: plain(textOf(args[0]?.value ?? root, source)),
    body: textOf(args[1]?.value ?? root, source),
    token: args.some(({ label }) => label === 'token'),
  }));

const strings = findAll(root, ({ kind }) => kind === 'string_literal').map(node =>
  plain(textOf(node, source)),
);

/** Every literal of that file: field names and headers among them. */
export const appStrings: ReadonlySet<string> = new Set(strings);
