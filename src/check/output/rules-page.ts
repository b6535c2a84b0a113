import { exampleFiles } from '../example-files.ts';
import type { Example, Rule } from '../rule.ts';

const PLATFORMS = [
  { key: 'web', title: 'Web', words: 'JavaScript, TypeScript, JSX, Vue, Svelte, Angular, HTML and CSS.' },
  { key: 'server', title: 'Server', words: 'Only where server code is found.' },
  {
    key: 'flutter',
    title: 'Flutter',
    words: 'Dart, `AndroidManifest.xml`, `Info.plist`, entitlements and `pubspec.yaml`.',
  },
] as const;

const HEAD = `<!-- Written by scripts/rules-page.mjs from src/check/rules: change it there. -->

# What \`meet check\` finds

Every rule, with an example that breaks it and one that keeps it; our tests run both. How to use them, switch them off or put
up with them: [check.md](check.md). Some have a counterpart in a running page: [runtime-lint.md](runtime-lint.md).
`;

/** docs/rules.md. Each rule's heading is its id, so that its anchor is the id without the slash. */
export function describeRules(rules: readonly Rule[]): string {
  const parts = PLATFORMS.flatMap(({ key, title, words }) => {
    const own = rules.filter(({ platform }) => platform === key);
    return own.length > 0 ? [`## ${title}\n\n${words}\n\n${tableOf(own)}`, ...own.map(describeRule)] : [];
  });
  return `${[HEAD.trimEnd(), ...parts].join('\n\n')}\n`;
}

function tableOf(rules: readonly Rule[]): string {
  const rows = rules.map(
    ({ id, severity, title }) => `| [\`${id}\`](#${anchorOf(id)}) | ${severity} | ${cell(title)} |`,
  );
  return ['| rule | level | wrong |', '|---|---|---|', ...rows].join('\n');
}

/** As GitHub makes them of headings. */
function anchorOf(id: string): string {
  return id.replaceAll('/', '');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function describeRule(rule: Rule): string {
  const { id, severity, title, modes } = rule;
  const only = modes && !modes.includes('ringing') ? ' Only where people join by session id.' : '';
  const head = `### ${id}\n\n**${severity}**: ${escapeProse(title)}.${only}`;
  return `${head}\n\n${explainRule(rule)}`;
}

/** Why, what instead, and both examples, in Markdown. */
export function explainRule(rule: Rule): string {
  const { why, fix, bad, good } = rule;
  const examples = ['Wrong:', blocksOf(rule, bad), 'Right:', blocksOf(rule, good)];
  return [escapeProse(why), instead(fix), ...examples].join('\n\n');
}

function blocksOf(rule: Rule, example: Example): string {
  const files = Object.entries(exampleFiles(rule, example));
  return files
    .map(([path, text]) => `${files.length > 1 ? `\`${path}\`\n\n` : ''}${fence(languageOf(path), text)}`)
    .join('\n\n');
}

/** Longer than any run of backticks in it. */
function fence(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${language}\n${text.trimEnd()}\n${marks}`;
}

const LANGUAGES: Readonly<Record<string, string>> = { plist: 'xml', entitlements: 'xml', gradle: 'groovy' };

function languageOf(path: string): string {
  const ending = path.slice(path.lastIndexOf('.') + 1);
  return LANGUAGES[ending] ?? ending;
}

/** `<angle brackets>` would be taken for HTML, outside of code. */
function escapeProse(text: string): string {
  return text.replace(/(`[^`]*`)|[<>*_]/g, (mark, code?: string) => code ?? `\\${mark}`);
}

/** A fix of several lines is code as a whole. */
function instead(fix: string): string {
  return fix.includes('\n') ? `**Instead:**\n\n${fence('ts', fix)}` : `**Instead:** ${escapeProse(fix)}`;
}
