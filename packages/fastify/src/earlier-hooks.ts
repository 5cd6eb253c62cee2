import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'

/** Where an application may turn a request away, in the order of Fastify. */
const stages = ['onRequest', 'preParsing', 'preValidation', 'preHandler'] as const

type Hook = (this: FastifyInstance, ...args: unknown[]) => unknown
type Hooks = Record<(typeof stages)[number], Hook[]>

export interface EarlierHooks {
  /** Takes in the additions of the application's `onRoute` hooks to our routes. */
  addOfRoute(route: RouteOptions): void
  /**
   * Runs the hooks that the application had before us and Fastify would run after `onRequest`. Resolves with the stream
   * that they left of the body. Does not resolve where a hook has answered instead of going on.
   *
   * @throws the error of a hook
   */
  run(request: FastifyRequest, reply: FastifyReply): Promise<unknown>
  /** How many hooks the scope has by now that came after the one that is our own. */
  countLater(): number
}

/**
 * The hooks that a scope has from the application before it adds any: they guard our routes, those that come later do
 * not. We answer in `onRequest`, before those that come later; so of the stages after that we run the earlier ones.
 */
export function createEarlierHooks(scope: FastifyInstance): EarlierHooks {
  const hooks = hooksOf(scope)
  const counts = stages.map(stage => hooks[stage].length)
  // Those of `onRequest` run before ours by themselves.
  const earlier: Hooks = {
    onRequest: [],
    preParsing: [...hooks.preParsing],
    preValidation: [...hooks.preValidation],
    preHandler: [...hooks.preHandler],
  }

  async function runAll(stage: keyof Hooks, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    for (const hook of earlier[stage]) if (!reply.sent) await runHook(hook, scope, request, reply)
  }

  return {
    addOfRoute(route) {
      // We have two routes, and both are given the same.
      for (const stage of stages)
        for (const hook of [route[stage] ?? []].flat() as Hook[])
          if (!earlier[stage].includes(hook)) earlier[stage].push(hook)
    },
    async run(request, reply) {
      await runAll('onRequest', request, reply)
      let payload: unknown = request.raw
      for (const hook of earlier.preParsing)
        if (!reply.sent) payload = (await runHook(hook, scope, request, reply, payload)) ?? payload
      await runAll('preValidation', request, reply)
      await runAll('preHandler', request, reply)
      return payload
    },
    countLater: () => stages.reduce((sum, stage, at) => sum + hooks[stage].length - (counts[at] as number), -1),
  }
}

/** A hook as Fastify runs it: it may call back, or return a promise. */
function runHook(hook: Hook, scope: FastifyInstance, ...args: unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = (error: unknown, value: unknown) => (error ? reject(error) : resolve(value))
    const result = hook.call(scope, ...args, done) as PromiseLike<unknown> | undefined
    if (typeof result?.then === 'function') result.then(resolve, reject)
  })
}

/** Fastify keeps them under a symbol that it does not export: since version 1, and no newer one than 5 is let in. */
function hooksOf(scope: FastifyInstance): Hooks {
  for (let at: object | null = scope; at !== null; at = Object.getPrototypeOf(at)) {
    const key = Object.getOwnPropertySymbols(at).find(({ description }) => description === 'fastify.hooks')
    if (key) return (at as Record<symbol, Hooks>)[key] as Hooks
  }
  throw new Error('this version of Fastify does not show its hooks')
}
