import { isSinkQueue } from '../../generated/file-validators.js'
import type { Codec } from '../outbox/codec.js'
import type { Delivery } from '../outbox/delivery.js'
import type { QueuedDump } from './host.js'

/** Nothing is kept beside the queue. */
export type Nothing = null

/** The file that lists the dumps to deliver: `queue-schema.ts`. The dumps themselves are in the store. */
export const sinkCodec: Codec<QueuedDump, Nothing> = {
  name: 'sinks',
  what: 'dumps for sinks',
  isValid: isSinkQueue,
  toDisk: ({ deliveries }) => ({ deliveries }),
  fromDisk: content => ({ deliveries: (content as { deliveries: Delivery<QueuedDump>[] }).deliveries, beside: null }),
  moveTimes: nothing => nothing,
  isEmpty: () => true,
}
