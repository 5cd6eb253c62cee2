import { deliveryProperties, queueProperties } from '../outbox/queue-schema.js'

/** JSON Schema of the file that keeps pending deliveries to sinks. */
export const sinkQueueSchema = {
  type: 'object',
  required: ['version', 'owner', 'deliveries'],
  properties: {
    ...queueProperties,
    deliveries: {
      type: 'array',
      items: {
        type: 'object',
        required: ['target', 'item', 'queuedAt', 'attempts', 'nextAt'],
        properties: {
          ...deliveryProperties,
          item: { type: 'object', required: ['dump'], properties: { dump: { type: 'string' }, held: { const: true } } },
        },
      },
    },
  },
} as const
