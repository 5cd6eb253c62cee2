// @module-tag full
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { optionTypes } from './option-types.js'

it('the files are made of the types as they are (if not: npm run generate)', { timeout: 180_000 }, () => {
  const script = fileURLToPath(new URL('../../../../scripts/generate.mjs', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
  expect([status, stdout, stderr]).toEqual([0, '', ''])
})

it('the types of the options say how the text of a variable is to be read', () => {
  expect(optionTypes.properties).toMatchObject({
    dir: { type: 'string' },
    interval: { type: 'integer' },
    dashboard: { type: 'boolean' },
    recorder: { properties: { window: { type: 'integer' } } },
    thresholds: { additionalProperties: { properties: { leak: { type: ['integer', 'null'] } } } },
  })
})
