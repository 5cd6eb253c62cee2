import { captureKinds } from '../model/capture-kind.js'
import type { RuleName } from '../model/threshold.js'
import { rules } from '../rules/table.js'

const level = { type: 'number', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const

/** JSON Schema of a list of kinds of evidence. */
export const captureList = {
  type: 'array',
  items: { type: 'string', enum: captureKinds },
  minItems: 1,
  uniqueItems: true,
  description: 'the kinds of evidence to capture',
} as const

/** The number of each rule, or `null`. */
const limits = Object.entries(rules).map(([name, { schema }]) => [name, { ...schema, type: [schema.type, 'null'] }])

/** JSON Schema of a threshold, in full or in part: every field may be left out. */
export const thresholdSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    enabled: { type: 'boolean', description: 'false: the metric is sampled, and nothing fires' },
    min: { ...level, description: 'below this value neither spike nor watermark fires; in the unit of the metric' },
    ...(Object.fromEntries(limits) as Record<RuleName, object>),
    cooldown: {
      type: 'integer',
      minimum: 0,
      maximum: 31_536_000_000,
      description: 'milliseconds after a dump of this metric before the next one',
    },
    hold: { type: 'integer', minimum: 1, maximum: 1000, description: 'how many samples in a row must match' },
    capture: captureList,
  },
} as const
