import { createMonitor, type Monitor, type Options } from '@autodump/core'
import type { FastifyInstance, RegisterOptions } from 'fastify'
import plugin from 'fastify-plugin'
import { mountAdminRoutes } from './admin-routes.js'
import { trackInject } from './inject.js'
import { loggerOf } from './logger.js'
import { nameOperations } from './mercurius.js'
import { createRoutePatterns } from './route-patterns.js'

export type AutodumpOptions = Options

declare module 'fastify' {
  interface FastifyInstance {
    /** The monitor of this server. */
    autodump: Monitor
  }
}

/** Milliseconds that a server which is ready has to begin to listen. The monitor itself starts no earlier. */
const listenPatience = 20

/** Milliseconds that a server which closes waits for the monitor. A capture in progress may be written after that. */
const closePatience = 2000

/**
 * Makes the server dump itself when it goes wrong. The monitor starts when the server is ready, which does not wait for
 * it, and stops when the server closes; the admin routes are mounted under `options.prefix` (`/debug/autodump`) of
 * wherever this is registered; the monitor is `app.autodump`.
 *
 * Rejects with an `AutodumpError` of code `INVALID` that lists every invalid option.
 */
async function autodump(app: FastifyInstance, options: AutodumpOptions): Promise<void> {
  // Fastify hands every plugin the options of `register` itself. Its `prefix` is ours: that of a plugin without a
  // scope of its own means nothing to Fastify.
  const { logLevel, logSerializers, ...own } = options as AutodumpOptions & RegisterOptions
  const monitor = createMonitor({ ...own, logger: own.logger ?? loggerOf(app) })
  const patterns = createRoutePatterns(app.initialConfig)
  monitor.requests.setRouteOf(patterns.find)
  app.decorate('autodump', monitor)
  app.addHook('onRoute', patterns.add)
  app.addHook('onReady', () => {
    monitor.start({ ref: false }).catch(error => monitor.logger.warn(`autodump: start: ${error}`))
    nameOperations(app, monitor)
    // Printing a thousand routes takes a while, and nobody needs them before the first table of requests.
    const failed = (error: unknown) => monitor.logger.warn(`autodump: read the routes: ${error}`)
    setTimeout(() => patterns.read(app).catch(failed), listenPatience).unref()
  })
  // Streams of ours would keep the server from closing, so the monitor goes first.
  app.addHook('preClose', () => within(closePatience, monitor.stop()))
  trackInject(rootOf(app), monitor.requests.track)
  await mountAdminRoutes(app, monitor, { auth: own.auth, logLevel, logSerializers })
}

/** The instance that all scopes descend from: requests are injected there, wherever this is registered. */
function rootOf(app: FastifyInstance): FastifyInstance {
  const parent = Object.getPrototypeOf(app)
  return parent !== null && 'inject' in parent ? rootOf(parent) : app
}

/** Resolves when the work is over, however, or after so many milliseconds. */
async function within(patience: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, patience)
  })
  await Promise.race([work.catch(() => {}), late])
  clearTimeout(timer)
}

export default plugin(autodump, { name: '@autodump/fastify', fastify: '5.x' })
