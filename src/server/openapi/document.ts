/** Of an OpenAPI 3.1 document, what we touch (spec.openapis.org/oas/v3.1.1). */
export interface ApiDocument {
  readonly paths: Record<string, Record<string, ApiOperation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

export interface ApiOperation {
  operationId?: string;
  security?: readonly Readonly<Record<string, readonly string[]>>[];
  parameters?: { readonly in: string; readonly name: string; example?: unknown }[];
  requestBody?: { readonly content: Record<string, ApiContent> };
  responses: Record<string, ApiAnswer>;
}

export interface ApiAnswer {
  description: string;
  content?: Record<string, ApiContent>;
}

export interface ApiContent {
  schema?: object;
  examples?: Record<string, ApiExample>;
}

export interface ApiExample {
  readonly summary?: string;
  readonly value: unknown;
}
