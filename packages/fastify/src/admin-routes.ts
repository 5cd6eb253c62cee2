import { createAdminHandler, createNodeListener, type Monitor, type Options } from '@autodump/core'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema, RegisterOptions } from 'fastify'
import { createEarlierHooks } from './earlier-hooks.js'
import { bufferBody } from './replaced-body.js'

type AdminRouteOptions = Pick<Options, 'auth'> & Pick<RegisterOptions, 'logLevel' | 'logSerializers'>

/**
 * Mounts the admin routes in a scope of their own. They are answered in its first `onRequest` hook: what the application
 * adds at its root later (guards, parsers, pressure valves) does not come before it, and what it had before does.
 */
export async function mountAdminRoutes(
  app: FastifyInstance,
  monitor: Monitor,
  { auth, logLevel = 'warn', logSerializers }: AdminRouteOptions,
): Promise<void> {
  const { logger, requests } = monitor
  const { prefix, profiles } = monitor.options
  const listener = createNodeListener(createAdminHandler(monitor, { auth, logger }), (what, error) =>
    logger.warn(`autodump: ${what}: ${error}`),
  )

  const mountAt =
    (path: string) =>
    async (scope: FastifyInstance): Promise<void> => {
      const seenUrl = urlBelow(app.prefix, path)
      const earlier = createEarlierHooks(scope)

      async function answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
        const { raw } = request
        // Before any body is read: requests to us are not the application's load.
        requests.ignore(raw)
        const payload = await earlier.run(request, reply)
        if (reply.sent) return
        if (payload !== raw) await bufferBody(raw, payload)
        // Fastify keeps out of it from here on.
        reply.hijack()
        await listener(raw, reply.raw, undefined, { url: seenUrl(raw.url ?? '/'), remoteAddress: request.ip })
      }

      scope.addHook('onRoute', earlier.addOfRoute)
      scope.addHook('onRequest', answer)
      // Not part of the application's API, so not in its OpenAPI document.
      const route = { logLevel, ...(logSerializers && { logSerializers }), schema: { hide: true } as FastifySchema }
      for (const url of ['/', '/*']) scope.all(url, { ...route, prefixTrailingSlash: 'no-slash' }, answer)
      // Methods that Fastify has no route for, e.g. PROPFIND. Without a prefix they are the application's.
      if (path) scope.setNotFoundHandler(answer)
      scope.addHook('onReady', async () => {
        const later = earlier.countLater()
        if (auth === false && later > 0) logger.warn(sayUnguarded(later))
      })
    }
  for (const path of new Set([prefix, profiles.pull?.prefix ?? prefix]))
    await app.register(mountAt(path), { prefix: path })
}

const sayUnguarded = (later: number): string =>
  `autodump: auth is false, and ${later} ${later === 1 ? 'hook' : 'hooks'} (onRequest, preHandler or the like) came after autodump: a guard among them does not guard the admin routes. Add it before you register autodump, or set auth`

/**
 * The rest of a URL below the path that a scope is mounted at, with our prefix as it was given. Fastify may have
 * found us by parameters, other capitals, escapes or double slashes; so it goes by the number of segments.
 */
export function urlBelow(mount: string, prefix: string): (url: string) => string {
  const segments = `${mount}/${prefix}`.split('/').filter(Boolean).length
  const before = new RegExp(`^(?:https?://[^/?#]*)?(?:/+[^/?#]+){${segments}}`, 'i')
  return url => {
    const [mounted] = before.exec(url) ?? ['']
    const rest = prefix + url.slice(mounted.length)
    return rest.startsWith('/') ? rest : `/${rest}`
  }
}
