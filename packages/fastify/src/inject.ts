import type { Monitor } from '@autodump/core'
import type { FastifyInstance, InjectOptions } from 'fastify'

type Inject = (request: InjectOptions | string, callback?: (...args: unknown[]) => void) => unknown

/**
 * Counts requests that come by `app.inject()`: they have no socket to be seen on. The chained form
 * (`app.inject().get('/')`) is left alone.
 */
export function trackInject(app: FastifyInstance, track: Monitor['requests']['track']): void {
  const inject = app.inject.bind(app) as Inject
  const counted: Inject = (request, callback) => {
    if (request === undefined) return inject(request as never)
    const {
      method = 'GET',
      url,
      path,
    } = typeof request === 'string' ? { url: request } : (request as InjectOptions & { path?: string })
    const target = url ?? path ?? '/'
    const done = track({
      method,
      url: typeof target === 'string' ? target : (target.pathname ?? '/'),
      protocol: 'inject',
    })
    if (!callback) {
      const response = inject(request) as Promise<unknown>
      response.then(done, done)
      return response
    }
    return inject(request, (...args) => {
      done()
      callback(...args)
    })
  }
  app.inject = counted as typeof app.inject
}
