import { shorten } from '../../../lib/path.js'

/** The name of a request that got several different names. */
export const batch = '(batch)'

const longest = 128

/** The operations that callers have named. Requests are held weakly, so nothing has to be undone. */
export function createOperations() {
  const names = new WeakMap<object, string>()
  return {
    name(request: object, operation: string): void {
      const raw = rawOf(request)
      const name = shorten(operation, longest)
      const before = names.get(raw)
      names.set(raw, before === undefined || before === name ? name : batch)
    },
    of: (raw: object | null): string | undefined => (raw === null ? undefined : names.get(raw)),
  }
}

/** Fastify and Koa have wrappers round the request of Node. */
function rawOf(request: object): object {
  const { raw, req } = request as { raw?: unknown; req?: unknown }
  for (const inner of [raw, req]) if (typeof inner === 'object' && inner !== null) return inner
  return request
}
