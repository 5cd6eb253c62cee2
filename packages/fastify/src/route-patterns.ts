import type { FastifyInstance, RouteOptions } from 'fastify'
import createRouter from 'find-my-way'

/**
 * Which route pattern a URL belongs to. Fastify does not tell by the raw request, and a hook would cost every request;
 * so the patterns are collected once, and looked up only when a table of requests is made.
 */
export function createRoutePatterns({ caseSensitive, routerOptions }: FastifyInstance['initialConfig']) {
  const router = createRouter({
    ignoreDuplicateSlashes: true,
    ignoreTrailingSlash: true,
    caseSensitive: routerOptions?.caseSensitive ?? caseSensitive ?? true,
    maxParamLength: 2048,
  })
  return {
    add({ method, url }: RouteOptions): void {
      for (const name of [method].flat()) {
        // The same pattern may exist once for each constraint (host, version): to us it is one.
        if (router.hasRoute(name as 'GET', url)) continue
        try {
          router.on(name as 'GET', url, () => {}, { pattern: url })
        } catch {
          // A method or pattern that this router does not know: its requests show without a pattern.
        }
      }
    },
    find({ method, url }: { method: string; url: string }): string | null {
      const found = router.find(method as 'GET', url)
      return (found?.store as { pattern: string } | null)?.pattern ?? null
    },
  }
}
