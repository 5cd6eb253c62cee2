const text = { type: 'string' } as const

const maybe = { type: ['string', 'null'] } as const

/**
 * JSON Schema of the file by which an instance makes itself known. More fields may be there, e.g. of newer versions.
 */
export const instanceSchema = {
  type: 'object',
  required: [
    'pid',
    'host',
    'bootId',
    'pidNamespace',
    'startTicks',
    'title',
    'script',
    'labels',
    'node',
    'version',
    'startedAt',
  ],
  properties: {
    pid: { type: 'integer', minimum: 1 },
    host: text,
    bootId: maybe,
    pidNamespace: maybe,
    startTicks: maybe,
    title: text,
    script: text,
    labels: { type: 'object', additionalProperties: text },
    node: text,
    version: text,
    startedAt: text,
    socket: { type: 'string', minLength: 1 },
    prefix: text,
    dir: { type: 'string', minLength: 1 },
  },
} as const
