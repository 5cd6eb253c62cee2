import type { Logger } from '@autodump/core'
import type { FastifyInstance } from 'fastify'

/**
 * Fastify's logger, or `undefined` where the server was made without one. Its logger then does nothing, and nobody
 * would know the token that is made where `auth` is left out.
 */
export function loggerOf({ log }: FastifyInstance): Logger | undefined {
  // Every level of that stand-in is the same function, and unlike a real logger that was silenced it has no level.
  const isStandIn = log.info === log.error && !('level' in log)
  return isStandIn ? undefined : log
}
