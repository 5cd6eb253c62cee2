import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Authorize, createNodeListener, type Logger } from '@autodump/core'
import { probed } from '@autodump/core/control'
import type { OpenBucket } from '@autodump/core/object-store'
import { openCache } from './cache.js'
import { openFleet } from './open-fleet.js'
import { createReadiness } from './readiness.js'

export interface ServeOptions {
  bucket: OpenBucket
  /** @default 8737; 0 for any that is free */
  port?: number
  /** @default 127.0.0.1 */
  host?: string
  /** A client with it may look. @default a random one, logged once */
  token?: string
  /**
   * A header that a proxy in front sets for the users that it has let in, e.g. `x-forwarded-user`. Replaces the token.
   */
  userHeader?: string
  /** Whether they may ignore, resolve and note faults, which the bucket keeps. @default false */
  writable?: boolean
  /** Whether downloads may be links to the store, which grant reading the file for a minute. @default false */
  links?: boolean
  /**
   * A directory for the known part of the bucket, so that the next server need not read all keys. It may be thrown
   * away.
   */
  cacheDir?: string
  logger: Logger
}

export interface Served {
  /** Where the dashboard is. */
  address: string
  close(): Promise<void>
}

/** Milliseconds that a client has for its request: to open a connection needs no token. */
const patience = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5000 }

/** Serves the dashboard and the admin API of a bucket. Rejects when the address cannot be had. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { bucket, port = 8737, host = '127.0.0.1', token = makeToken(options), userHeader } = options
  const { writable = false, links = false, cacheDir, logger } = options
  const onProblem = (text: string) => logger.warn(`autodump: ${text}`)
  const cache =
    cacheDir === undefined ? undefined : await openCache({ dir: cacheDir, place: bucket.store.place, onProblem })
  const handler = openFleet(bucket, {
    onProblem,
    ...(cache && { cache }),
    writable,
    links,
    admin: {
      ...{ prefix: '', logger },
      auth: userHeader === undefined ? { token } : { authorize: whoeverHas(userHeader, writable) },
    },
  })
  const readiness = createReadiness(bucket, onProblem)
  const withProbes = probed(handler, async probe =>
    probe === 'livez' || (await readiness.isReady())
      ? { state: 'ok', isWell: true }
      : { state: 'starting', isWell: false },
  )
  const listener = createNodeListener(withProbes, (what, error) => logger.error(`autodump: ${what} failed: ${error}`))
  const server = createServer(patience, (req, res) => void listener(req, res))
  server.listen({ port, host })
  await once(server, 'listening')
  const { address, port: given, family } = server.address() as AddressInfo
  return {
    address: `http://${family === 'IPv6' ? `[${address}]` : address}:${given}/`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      readiness.close()
      await closed
      await cache?.close()
      bucket.store.close()
    },
  }
}

function makeToken({ userHeader, logger }: ServeOptions): string {
  const token = randomBytes(24).toString('base64url')
  if (userHeader === undefined) logger.info(`autodump: no token is given; the token is ${token}`)
  return token
}

/** They may look and download, and mark faults where that is allowed. */
const whoeverHas =
  (header: string, writable: boolean): Authorize =>
  (request, action) =>
    Boolean(request.headers.get(header)?.trim()) &&
    (action === 'read' || action === 'download' || (writable && action === 'configure'))
