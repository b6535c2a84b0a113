/**
 * Writes `nullable: true`, which OpenAPI 3.1 gave up for JSON Schema's own words, as a type of its own. Everywhere in
 * `value`, in place; examples are left as they are.
 */
export function spellNull(value: unknown): void {
  if (Array.isArray(value)) for (const item of value) spellNull(item);
  if (typeof value !== 'object' || value === null) return;
  const schema = value as Record<string, unknown>;
  if (schema.nullable === true) {
    delete schema.nullable;
    if (typeof schema.type === 'string') schema.type = [schema.type, 'null'];
    if (Array.isArray(schema.enum)) schema.enum = [...new Set([...schema.enum, null])];
  }
  for (const [name, inner] of Object.entries(schema)) if (!/^examples?$/.test(name)) spellNull(inner);
}
