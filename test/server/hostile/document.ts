import { Ajv, type ValidateFunction } from 'ajv';

export interface Schema {
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly $ref?: string;
  readonly [keyword: string]: unknown;
}

interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly schema: Schema;
}

interface RawOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** One that the document describes. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | null;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export function operationsOf({ paths }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, { parameters = [], requestBody }]) => ({
        method: method.toUpperCase(),
        path,
        parameters,
        body: requestBody?.content['application/json']?.schema ?? null,
      })),
  );
}

/** Says what is wrong with an answer; null: it is as described. */
export type Judge = (operation: Operation, status: number, type: string, text: string) => string | null;

/** Every JSON answer is held against the schema of its status, a refusal that no route describes against `Error`. */
export function createJudge(document: Document): Judge {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addSchema({ ...document, $id: 'document' } as object);
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (pointer: string) => {
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `document#${pointer}` });
    compiled.set(pointer, known);
    return known;
  };
  const pointerTo = ({ path, method }: Operation, status: number) => {
    const responses = document.paths[path]?.[method.toLowerCase()]?.responses ?? {};
    const wide = `${Math.floor(status / 100)}XX`;
    const key = [`${status}`, wide, wide.toLowerCase(), 'default'].find(each => each in responses);
    if (!key) return status >= 400 ? '/components/schemas/Error' : null;
    if (!responses[key]?.content?.['application/json']) return null;
    const route = path.replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');
    return `/paths/${route}/${method.toLowerCase()}/responses/${key}/content/application~1json/schema`;
  };
  return (operation, status, type, text) => {
    if (!type.startsWith('application/json')) return null;
    const pointer = pointerTo(operation, status);
    if (!pointer) return `a JSON answer with ${status}, which is not described`;
    const validate = validatorOf(pointer);
    return validate(JSON.parse(text))
      ? null
      : `${status} ${text.slice(0, 200)} is not as described: ${ajv.errorsText(validate.errors)}`;
  };
}
