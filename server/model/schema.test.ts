import assert from 'node:assert/strict';
import { SECTION_NAMES } from '../binder/names.js';
import { PAPERS } from '../binder/paper.js';
import { EXERCISE_KINDS } from '../exercise/review.js';
import { schemas } from './generated/schemas.js';
import { resolved, type Schema, schemaAt } from './schema.js';

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

  it('have the same values as what is written out beside them, in the same order', () => {
    const binder = schemaAt('config.schema.json#/definitions/binder').properties ?? {};
    const exercise = schemaAt('playbook.schema.json#/definitions/exercise').properties ?? {};
    assert.deepEqual(SECTION_NAMES, binder['sections']?.items?.enum);
    assert.deepEqual(PAPERS, binder['paper']?.enum);
    assert.deepEqual(EXERCISE_KINDS, exercise['kind']?.enum);
  });
});
