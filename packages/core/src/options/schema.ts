import { adminSchema } from './admin.js'
import { sinksSchema } from './sinks.js'
import { switchesSchema } from './switches.js'
import { thresholdSchema } from './threshold-schema.js'

const duration = { type: 'integer', minimum: 10, maximum: 300_000 } as const

const bytes = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const

/** JSON Schema of the options that are data. */
export const optionsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    dir: { type: 'string', pattern: '^[^\\u0000]+$' },
    interval: { type: 'integer', minimum: 20, maximum: 3_600_000 },
    history: { type: 'integer', minimum: 2, maximum: 1000 },
    warmup: { type: 'integer', minimum: 0, maximum: 100_000 },
    // Which metrics there are depends on `metrics`: `resolveOptions` checks the names.
    thresholds: { type: 'object', additionalProperties: thresholdSchema },
    cpuProfile: {
      type: 'object',
      additionalProperties: false,
      properties: {
        duration,
        blockedDuration: duration,
        sampleInterval: { type: 'integer', minimum: 100, maximum: 1_000_000 },
      },
    },
    recorder: {
      type: 'object',
      additionalProperties: false,
      properties: {
        enabled: { type: 'boolean' },
        window: { type: 'integer', minimum: 100, maximum: 60_000 },
        sampleInterval: { type: 'integer', minimum: 1000, maximum: 1_000_000 },
      },
    },
    heapProfile: {
      type: 'object',
      additionalProperties: false,
      properties: {
        enabled: { type: 'boolean' },
        sampleInterval: { type: 'integer', minimum: 1024, maximum: 64 * 1024 ** 2 },
      },
    },
    heapSnapshot: {
      type: 'object',
      additionalProperties: false,
      properties: {
        maxHeapBytes: bytes,
        maxPerProcess: { type: 'integer', minimum: 0, maximum: 1000 },
        redact: { type: 'string', enum: ['automatic', 'always', 'never'] },
      },
    },
    asyncStacks: { type: 'object', additionalProperties: false, properties: { maxHeapBytes: bytes } },
    requests: {
      type: 'object',
      additionalProperties: false,
      properties: {
        channels: {
          type: 'array',
          items: { type: 'string', pattern: '^(?!tracing:)[^\\s]{1,128}$' },
          maxItems: 32,
          uniqueItems: true,
        },
      },
    },
    retention: {
      type: 'object',
      additionalProperties: false,
      properties: {
        maxDumps: { type: 'integer', minimum: 1, maximum: 100_000 },
        maxBytes: bytes,
        maxAge: { type: 'integer', minimum: 1000, maximum: Number.MAX_SAFE_INTEGER },
        minFreeBytes: bytes,
      },
    },
    limits: {
      type: 'object',
      additionalProperties: false,
      properties: { maxPerHour: { type: 'integer', minimum: 1, maximum: 3600 } },
    },
    captures: switchesSchema,
    sinks: sinksSchema,
    admin: adminSchema,
    blackBox: { type: 'object', additionalProperties: false, properties: { enabled: { type: 'boolean' } } },
    dashboard: { type: 'boolean' },
    prefix: { type: 'string', pattern: '^[A-Za-z0-9/._~-]*$' },
    labels: { type: 'object', additionalProperties: { type: 'string', maxLength: 1024 }, maxProperties: 64 },
  },
} as const
