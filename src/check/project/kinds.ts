/** What a file is to the rules; null where no rule can be about it. */
export type FileKind =
  | 'script'
  | 'vue'
  | 'svelte'
  | 'html'
  | 'css'
  | 'dart'
  | 'xml'
  | 'plist'
  | 'gradle'
  | 'yaml'
  | 'json'
  | 'lock';

const BY_NAME: Readonly<Record<string, FileKind>> = {
  'package.json': 'json',
  'package-lock.json': 'lock',
  'pnpm-lock.yaml': 'lock',
  'yarn.lock': 'lock',
  'tsconfig.json': 'json',
  'tsconfig.app.json': 'json',
  'tsconfig.base.json': 'json',
  'jsconfig.json': 'json',
  'meet.config.json': 'json',
  'angular.json': 'json',
  'pubspec.yaml': 'yaml',
  'pubspec.lock': 'lock',
  'AndroidManifest.xml': 'xml',
  'Info.plist': 'plist',
};

const BY_ENDING: Readonly<Record<string, FileKind>> = {
  ...Object.fromEntries(['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx'].map(end => [end, 'script'])),
  vue: 'vue',
  svelte: 'svelte',
  html: 'html',
  htm: 'html',
  css: 'css',
  scss: 'css',
  less: 'css',
  dart: 'dart',
  plist: 'plist',
  entitlements: 'plist',
  gradle: 'gradle',
  kts: 'gradle',
};

/** By name and ending alone. `tsconfig.*.json` are read as they may hold `paths`. */
export function kindOfFile(path: string): FileKind | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (Object.hasOwn(BY_NAME, name)) return BY_NAME[name] ?? null;
  if (isGenerated(name)) return null;
  const ending = name.slice(name.lastIndexOf('.') + 1);
  return Object.hasOwn(BY_ENDING, ending) ? (BY_ENDING[ending] ?? null) : null;
}

const GENERATED = [
  '.min.js',
  '.min.css',
  '.d.ts',
  '.d.mts',
  '.d.cts',
  '.g.dart',
  '.freezed.dart',
  '.gr.dart',
];
const TESTS = ['.test.', '.spec.', '.stories.', '.cy.'];

/** Written by tools, or run by tests alone: nothing of it ships. */
function isGenerated(name: string): boolean {
  return (
    GENERATED.some(end => name.endsWith(end)) ||
    TESTS.some(part => name.includes(part)) ||
    name.endsWith('_test.dart')
  );
}

/** Folders that hold others' code, build results or tests. */
const SKIPPED = new Set([
  ...['node_modules', 'bower_components', 'jspm_packages', '.git', '.hg', '.svn', '.yarn', '.pnpm-store'],
  ...['dist', 'build', 'out', '.next', '.nuxt', '.output', '.svelte-kit', '.angular', '.vercel', '.netlify'],
  ...['.turbo', '.cache', '.parcel-cache', 'coverage', '.nyc_output', 'storybook-static'],
  ...['.dart_tool', 'Pods', '.gradle', '.symlinks', 'ephemeral', '.idea', '.vscode', '.meet'],
  ...['__tests__', '__mocks__', 'test', 'tests', 'cypress', 'e2e', 'integration_test'],
]);

/** Whether a folder is left out by its name alone. */
export function isSkippedFolder(name: string): boolean {
  return SKIPPED.has(name);
}
