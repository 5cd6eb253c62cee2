import { createAdminHandler, createMonitor, createNodeListener, type Monitor, type Options } from '@autodump/core'
import type { FastifyInstance } from 'fastify'
import plugin from 'fastify-plugin'
import { trackInject } from './inject.js'
import { loggerOf } from './logger.js'
import { createRoutePatterns } from './route-patterns.js'

export type AutodumpOptions = Options

declare module 'fastify' {
  interface FastifyInstance {
    /** The monitor of this server. */
    autodump: Monitor
  }
}

/**
 * Makes the server dump itself when it goes wrong. The monitor starts when the server is ready and stops when it
 * closes; the admin routes are mounted under `options.prefix` (`/debug/autodump`), in a scope of their own; the monitor
 * is `app.autodump`.
 *
 * Rejects with an `AutodumpError` of code `INVALID` that lists every invalid option.
 */
async function autodump(app: FastifyInstance, options: AutodumpOptions): Promise<void> {
  const monitor = createMonitor({ ...options, logger: options.logger ?? loggerOf(app) })
  const { prefix } = monitor.options
  const listener = createNodeListener(
    createAdminHandler(monitor, { auth: options.auth, logger: monitor.logger }),
    (what, error) => monitor.logger.warn(`autodump: ${what}: ${error}`),
  )
  const patterns = createRoutePatterns(app.initialConfig)
  monitor.requests.setRouteOf(patterns.find)
  app.decorate('autodump', monitor)
  app.addHook('onRoute', patterns.add)
  app.addHook('onReady', monitor.start)
  // Streams of ours would keep the server from closing, so the monitor goes first.
  app.addHook('preClose', monitor.stop)
  trackInject(app, monitor.requests.track)

  await app.register(async scope => {
    scope.addHook('onRequest', async request => {
      // Before any body is read: requests to us are not the application's load.
      monitor.requests.ignore(request.raw)
      // Fastify has an answer of its own to a content type that it cannot read; the handler sees what was really sent.
      if (request.headers['content-type'] !== undefined)
        request.headers = { 'content-type': 'application/octet-stream' }
    })
    // The handler reads, limits and parses bodies itself, so that every framework answers alike.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    for (const url of [prefix || '/', `${prefix}/*`]) {
      scope.all(url, { logLevel: 'warn' }, async (request, reply) => {
        reply.hijack()
        await listener(request.raw, reply.raw)
      })
    }
  })
}

export default plugin(autodump, { name: '@autodump/fastify', fastify: '5.x' })
