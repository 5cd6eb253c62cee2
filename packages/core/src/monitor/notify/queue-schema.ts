import { count, deliveryProperties, queueProperties } from '../outbox/queue-schema.js'

const text = { type: 'string' } as const

const textOrNull = { type: ['string', 'null'] } as const

const figure = { type: ['number', 'null'] } as const

/** A `Message`. It may have further fields. */
const message = {
  type: 'object',
  required: ['id', 'type', 'at', 'summary', 'dump', 'link', 'dir', 'trigger', 'process', 'episode'],
  properties: {
    id: text,
    type: { enum: ['episode.started', 'episode.updated', 'episode.ended'] },
    first: text,
    at: text,
    headline: text,
    summary: text,
    dump: text,
    link: textOrNull,
    dir: text,
    trigger: {
      type: 'object',
      required: ['metric', 'rule', 'value', 'mean', 'threshold', 'unit', 'reason'],
      properties: {
        metric: textOrNull,
        rule: text,
        value: figure,
        mean: figure,
        threshold: figure,
        unit: textOrNull,
        reason: text,
      },
    },
    process: {
      type: 'object',
      required: ['pid', 'host', 'labels'],
      properties: { pid: count, host: text, labels: { type: 'object', additionalProperties: text } },
    },
    episode: { type: 'object', required: ['since', 'dumps'], properties: { since: text, dumps: count } },
  },
} as const

const messageRef = { $ref: '#/$defs/message' } as const

/** JSON Schema of the file that keeps messages for the next process. */
export const queueFileSchema = {
  type: 'object',
  required: ['version', 'owner', 'deliveries', 'episodes'],
  $defs: { message },
  properties: {
    ...queueProperties,
    deliveries: {
      type: 'array',
      items: {
        type: 'object',
        required: ['target', 'message', 'queuedAt', 'attempts', 'nextAt'],
        properties: {
          ...deliveryProperties,
          message: messageRef,
        },
      },
    },
    episodes: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['since', 'seenAt', 'toldAt', 'dumps', 'message'],
        properties: { since: count, seenAt: count, toldAt: count, dumps: count, message: messageRef },
      },
    },
  },
} as const
