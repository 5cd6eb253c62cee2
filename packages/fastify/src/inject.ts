import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Monitor } from '@autodump/core'
import type { FastifyInstance, InjectOptions } from 'fastify'

type Dispatch = (this: unknown, request: IncomingMessage, response: ServerResponse) => unknown
/** The result of `inject()` without a callback: it takes more (`.headers({…})`), and runs when it is awaited. */
type Chain = Partial<{ dispatch: Dispatch }>
type Inject = (request?: InjectOptions | string, callback?: (...args: unknown[]) => void) => unknown

/** Counts requests that come by `app.inject()`, in each of its forms: they have no socket to be seen on. */
export function trackInject(app: FastifyInstance, track: Monitor['requests']['track']): void {
  const inject = app.inject.bind(app) as Inject

  function chained(request?: InjectOptions | string): unknown {
    const chain = inject(request) as Chain
    const { dispatch } = chain
    // Where it is not as we know it, or no more than the refusal of a server that has closed, nothing is counted.
    if (typeof dispatch !== 'function') return chain
    // To touch it in any other way would send the request off, and the caller may have more to add.
    chain.dispatch = function (req, res) {
      const done = track({ method: req.method ?? 'GET', url: req.url ?? '/' })
      res.once('finish', done).once('close', done)
      return dispatch.call(this, req, res)
    }
    return chain
  }

  function called(request: InjectOptions | string, callback: (...args: unknown[]) => void): unknown {
    const { method = 'GET', url, path } = typeof request === 'string' ? { url: request } : (request as LooseOptions)
    const target = url ?? path ?? '/'
    const done = track({ method, url: typeof target === 'string' ? target : (target.pathname ?? '/') })
    try {
      return inject(request, (...args) => {
        done()
        callback(...args)
      })
    } catch (error) {
      done() // Options that are not valid: the callback is not called.
      throw error
    }
  }

  const counted: Inject = (request, callback) =>
    callback ? called(request as InjectOptions, callback) : chained(request)
  app.inject = counted as typeof app.inject
}

type LooseOptions = InjectOptions & { path?: InjectOptions['url'] }
