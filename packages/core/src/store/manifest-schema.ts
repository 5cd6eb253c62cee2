/** Name of an artifact: one plain name, no path. */
export const fileName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

const size = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const

const text = { type: 'string' } as const

/**
 * JSON Schema of the part of a manifest on disk that others rely on. More fields may be there, e.g. of newer versions.
 */
export const manifestSchema = {
  type: 'object',
  required: ['id', 'createdAt', 'state', 'trigger', 'process', 'samples', 'artifacts', 'summary'],
  properties: {
    id: text,
    createdAt: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' },
    state: { enum: ['complete', 'partial', 'failed'] },
    trigger: {
      type: 'object',
      required: ['metric', 'rule', 'reason'],
      properties: { metric: { type: ['string', 'null'] }, rule: text, reason: text },
    },
    process: { type: 'object' },
    samples: { type: 'array' },
    artifacts: {
      type: 'array',
      items: {
        type: 'object',
        required: ['file', 'kind', 'bytes', 'storedBytes', 'state'],
        properties: {
          // An artifact that failed before it had a file has no name.
          file: { type: 'string', pattern: `^$|${fileName.source}` },
          kind: text,
          bytes: size,
          storedBytes: size,
          encoding: { enum: ['gzip'] },
          state: { enum: ['complete', 'failed'] },
        },
      },
    },
    summary: { type: 'object', required: ['text'], properties: { headline: text, text } },
    fault: {
      type: 'object',
      required: ['fingerprint', 'title'],
      properties: { fingerprint: { type: 'string', pattern: '^[0-9a-f]{12}$' }, title: text },
    },
  },
} as const
