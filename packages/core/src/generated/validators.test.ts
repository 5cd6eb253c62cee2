import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import { describe, expect, it } from 'vitest'
import { instanceSchema } from '../control/instance-schema.js'
import * as http from '../http/schemas.js'
import { queueFileSchema } from '../monitor/notify/queue-schema.js'
import { sinkQueueSchema } from '../monitor/sinks/queue-schema.js'
import { optionsSchema } from '../options/schema.js'
import { thresholdSchema } from '../options/threshold-schema.js'
import { manifestSchema } from '../store/manifest-schema.js'
import { runRecordSchema } from '../store/run-record-schema.js'

/** What people say, and are told every mistake in. */
const inputs = {
  isOptions: optionsSchema,
  isThreshold: thresholdSchema,
  isTrigger: http.triggerSchema,
  isLogin: http.loginSchema,
  isLogout: http.logoutSchema,
  isNoQuery: http.noQuery,
  isInstanceQuery: http.instanceQuery,
  isSamplesQuery: http.samplesQuery,
  isListQuery: http.listQuery,
  isArtifactQuery: http.artifactQuery,
  isTriggerQuery: http.triggerQuery,
}

/** What is read from the disk, and given up at the first mistake. */
const files = {
  isManifest: manifestSchema,
  isQueueFile: queueFileSchema,
  isSinkQueue: sinkQueueSchema,
  isInstance: instanceSchema,
  isRunRecord: runRecordSchema,
}

const header = `// @ts-nocheck
// Made of the schemas by ajv. Do not edit: change the schema, then \`npm run generate\`.
import { type Compiled, codePoints } from '../lib/validate.js'
`

/** A module with a validator for each schema, which needs no ajv when it runs. */
function generate(schemas: Record<string, object>, allErrors: boolean): string {
  const ajv = new Ajv({
    schemas,
    allErrors,
    strict: true,
    allowUnionTypes: true,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  })
  const code = standalone
    .default(ajv, Object.fromEntries(Object.keys(schemas).map(name => [name, name])))
    .replace('"use strict";\n', header)
    .replace(/^export const (\w+) = /gm, 'export const $1: Compiled = ')
    .replaceAll('require("ajv/dist/runtime/ucs2length").default', 'codePoints')
  // Of ajv's runtime only the above is used by any schema so far.
  expect(code).not.toContain('require(')
  return code
}

describe('the validators are those of the schemas (if not: npm run generate)', () => {
  it('for what people say', async () => {
    await expect(generate(inputs, true)).toMatchFileSnapshot('./validators.ts')
  })

  it('for files', async () => {
    await expect(generate(files, false)).toMatchFileSnapshot('./file-validators.ts')
  })
})
