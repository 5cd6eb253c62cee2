const text = { type: 'string' } as const

const time = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' } as const

/**
 * JSON Schema of the record of a run, as it is read from the disk. More fields may be there, e.g. of newer versions.
 */
export const runRecordSchema = {
  type: 'object',
  required: [
    'program',
    'pid',
    'host',
    'labels',
    'node',
    'startedAt',
    'endedAt',
    'ending',
    'exitCode',
    'text',
    'dump',
    'samples',
  ],
  properties: {
    program: text,
    pid: { type: 'integer', minimum: 0 },
    host: text,
    labels: { type: 'object', additionalProperties: text },
    node: text,
    startedAt: time,
    endedAt: time,
    ending: text,
    exitCode: { type: ['integer', 'null'] },
    text,
    dump: { type: ['string', 'null'] },
    samples: {
      type: 'array',
      items: {
        type: 'object',
        required: ['at', 'values'],
        properties: { at: { type: 'number' }, values: { type: 'object' } },
      },
    },
  },
} as const
