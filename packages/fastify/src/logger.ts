import type { Logger } from '@autodump/core'
import type { FastifyInstance } from 'fastify'

/**
 * Fastify's logger, or `undefined` where the server was made without one. What it then hands out does nothing, and the
 * token that is made where `auth` is left out would be known to nobody.
 */
export function loggerOf({ log }: FastifyInstance): Logger | undefined {
  // Every level of that stand-in is the same function, and unlike a real logger that was silenced it has no level.
  const isStandIn = log.info === log.error && !('level' in log)
  return isStandIn ? undefined : log
}
