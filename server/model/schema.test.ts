import assert from 'node:assert/strict';
import { schemas } from './generated/schemas.js';
import { resolved, type Schema } from './schema.js';

/** All properties of a schema and its definitions, by path. */
function* propertiesOf(schema: Schema, path: string): Iterable<[string, Schema]> {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield [`${path}.${name}`, resolved(property)];
    yield* propertiesOf(property, `${path}.${name}`);
  }
  for (const [name, definition] of Object.entries(schema.definitions ?? {}))
    yield* propertiesOf(definition, `${path}#${name}`);
}

describe('the schemas', () => {
  for (const [file, schema] of Object.entries(schemas)) {
    it(`describe every property of ${file}, with an example`, () => {
      const properties = [...propertiesOf(schema, '')];
      assert.ok(properties.length >= 3);
      for (const [path, { description, examples }] of properties) {
        assert.match(description ?? '', /^[A-Z].*\.$|^[a-z_]+: /s, path);
        assert.ok((examples?.length ?? 0) > 0, path);
      }
    });
  }
});
