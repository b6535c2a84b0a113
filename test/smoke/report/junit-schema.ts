import { SaxesParser } from 'saxes';

interface Node {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Node[];
  text: string;
}

/** Reads XML as a parser that takes nothing else does; throws on anything that is not well-formed. */
export function parseXml(xml: string): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' };
  const path = [root];
  const parser = new SaxesParser();
  parser.on('error', error => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { name, attributes, children: [], text: '' };
    path.at(-1)?.children.push(node);
    path.push(node);
  });
  parser.on('text', text => {
    const node = path.at(-1);
    if (node) node.text += text;
  });
  parser.on('closetag', () => path.pop());
  parser.write(xml).close();
  const [top] = root.children;
  if (!top) throw new Error('no element');
  return top;
}

/** Required attributes, optional ones and children: Jenkins' junit-10.xsd and the Ant task's schema together. */
const RULES: Record<string, { required: string[]; optional?: string[]; children: string[] }> = {
  testsuites: {
    required: ['name', 'tests', 'failures', 'errors', 'time'],
    optional: ['skipped'],
    children: ['testsuite'],
  },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors', 'time', 'timestamp', 'hostname', 'id', 'package'],
    optional: ['skipped'],
    children: ['properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { required: [], children: ['property'] },
  property: { required: ['name', 'value'], children: [] },
  testcase: { required: ['name', 'classname', 'time'], children: ['skipped', 'failure', 'error'] },
  failure: { required: ['message', 'type'], children: [] },
  skipped: { required: ['message'], children: [] },
  'system-out': { required: [], children: [] },
  'system-err': { required: [], children: [] },
};

const FORMATS: Record<string, RegExp> = {
  tests: /^\d+$/,
  failures: /^\d+$/,
  errors: /^\d+$/,
  skipped: /^\d+$/,
  time: /^\d+\.\d{3}$/,
  timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
};

/** What breaks the schemas, in words. */
export function breaches(node: Node): string[] {
  const rule = RULES[node.name];
  if (!rule) return [`unknown element ${node.name}`];
  const known = [...rule.required, ...(rule.optional ?? [])];
  const order = node.children.map(({ name }) => rule.children.indexOf(name));
  return [
    ...rule.required.filter(name => !(name in node.attributes)).map(name => `${node.name} has no ${name}`),
    ...Object.keys(node.attributes)
      .filter(name => !known.includes(name))
      .map(name => `${node.name} has a ${name}`),
    ...Object.entries(node.attributes)
      .filter(([name, value]) => FORMATS[name]?.test(value) === false)
      .map(([name, value]) => `${node.name}'s ${name} is ${value}`),
    ...(order.some((place, index) => place < (order[index - 1] ?? 0))
      ? [`children of ${node.name} out of order`]
      : []),
    ...(node.name === 'testsuite' ? miscounts(node) : []),
    ...node.children.flatMap(breaches),
  ];
}

function miscounts({ attributes, children }: Node): string[] {
  const cases = children.filter(({ name }) => name === 'testcase');
  const having = (name: string) =>
    cases.filter(each => each.children.some(child => child.name === name)).length;
  const counted = {
    tests: cases.length,
    failures: having('failure'),
    skipped: having('skipped'),
    errors: having('error'),
  };
  return Object.entries(counted)
    .filter(([name, count]) => attributes[name] !== String(count))
    .map(([name, count]) => `${name} is ${attributes[name]}, but there are ${count}`);
}
