import type { FastifyInstance, RouteOptions } from 'fastify'
import type createRouter from 'find-my-way'

type Router = ReturnType<typeof createRouter>

type Route = Pick<RouteOptions, 'method' | 'url'>

/**
 * Which route pattern a URL belongs to. Fastify does not tell by the raw request, and a hook would cost every request;
 * so the patterns are collected once, and looked up only when a table of requests is made. The router is loaded when the
 * server is ready: before that it would hold up its start.
 */
export function createRoutePatterns({ caseSensitive, routerOptions }: FastifyInstance['initialConfig']) {
  /** Those that the router does not know yet. */
  const heard: Route[] = []
  let router: Router | undefined

  function put(into: Router, { method, url }: Route): void {
    for (const name of [method].flat()) {
      try {
        // The same pattern may exist once for each constraint (host, version): to us it is one.
        if (!into.hasRoute(name as 'GET', url)) into.on(name as 'GET', url, () => {}, { pattern: url })
      } catch {
        // A method or pattern that this router does not know: its requests show without a pattern.
      }
    }
  }

  function patternOf(method: string, url: string): string | null {
    if (!router) return null
    const found = router.find(method as 'GET', url)
    return (found?.store as { pattern: string } | null)?.pattern ?? null
  }

  return {
    /** Hears of routes that are declared after us in our scope. */
    add({ method, url }: Route): void {
      if (router) put(router, { method, url })
      else heard.push({ method, url })
    },
    /** From then on patterns are found: those of every route that the server has, wherever and whenever it was declared. */
    async read(app: FastifyInstance): Promise<void> {
      const { default: create } = await import('find-my-way')
      const made = create({
        ignoreDuplicateSlashes: true,
        ignoreTrailingSlash: true,
        caseSensitive: routerOptions?.caseSensitive ?? caseSensitive ?? true,
        maxParamLength: 2048,
      })
      for (const route of [...heard.splice(0), ...allRoutes(app)]) put(made, route)
      router = made
    },
    /** `raw` has the URL that the server has routed by, which `rewriteUrl` may have made of the client's. */
    find({ method, url }: { method: string; url: string }, raw: object | null): string | null {
      const asked = patternOf(method, url)
      const rewritten = (raw as { url?: string } | null)?.url
      if (rewritten === undefined || (asked !== null && !asked.endsWith('*'))) return asked
      const query = rewritten.indexOf('?')
      return patternOf(method, query < 0 ? rewritten : rewritten.slice(0, query)) ?? asked
    },
  }
}

/**
 * The routes that a server which is ready would print. Its router asks for the metadata of each while it prints; that it
 * has the route then is not documented, and where it does not, we have heard of some by `onRoute` at least.
 */
function allRoutes(app: FastifyInstance): Route[] {
  const routes: Route[] = []
  const collect = (route: { store?: { config?: Partial<Route> } }) => {
    const { method, url } = route.store?.config ?? {}
    if (method !== undefined && url !== undefined) routes.push({ method, url })
    return {}
  }
  // The router puts its own in this place.
  const options = Object.defineProperty({}, 'buildPrettyMeta', { get: () => collect, set: () => {} })
  for (const method of app.supportedMethods) {
    try {
      app.printRoutes(Object.assign(options, { method, includeMeta: ['url'] }) as never)
    } catch {
      // Its requests show with that pattern.
    }
  }
  return routes
}
