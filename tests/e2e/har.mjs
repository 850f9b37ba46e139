// Whether a record of a call is a HAR 1.2, by the published schemas.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export async function assertHar(har) {
  const Ajv = require('ajv');
  const ajv = new Ajv({ allErrors: true });
  ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-06.json'));
  ajv.addSchema(Object.values(require('har-schema')));
  assert.ok(ajv.validate('har.json#', har), ajv.errorsText());
}
