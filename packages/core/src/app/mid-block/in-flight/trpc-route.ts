import { every, isWord, oneOf, queryStart } from '../../../lib/chars.js'
import { collapseIds, pathOnly } from '../../../lib/path.js'
import { batch } from './operations.js'

/**
 * The route of a call to tRPC, which has its procedures in the last segment: `/trpc/order.slow`, and for all batches
 * `/trpc/:procedures (batch)`. Other routes as they are. Its client says `batch=1`, of single calls too, and `input=`.
 *
 * @param route the pattern, `null` where none is known
 * @param target with its query string, of which nothing is kept
 */
export function trpcRoute(route: string | null, target: string): string | null {
  const isBatched = hasParameter(target, 'batch=1')
  if (!isBatched && !hasParameter(target, 'input=')) return route
  // The patterns of tRPC's plugin for Fastify, and of apps that mount tRPC themselves.
  const isOfTrpc = route === null || route.endsWith('/:path') || (isBatched && route.endsWith('/*'))
  const path = pathOnly(target)
  const procedures = path.slice(path.lastIndexOf('/') + 1)
  if (!isOfTrpc || procedures === '' || !every(procedures, isOfProcedures)) return route
  if (!isBatched || !procedures.includes(','))
    return route === null ? null : `${route.slice(0, route.lastIndexOf('/'))}/${procedures}`
  const base = route ?? collapseIds(path)
  return `${base.slice(0, base.lastIndexOf('/'))}/:procedures ${batch}`
}

/** Whether a parameter of the query string begins like this. */
function hasParameter(target: string, start: string): boolean {
  const query = target.slice(queryStart(target))
  return query.startsWith(`?${start}`) || query.includes(`&${start}`)
}

const isMark = oneOf('.,-')

const isOfProcedures = (code: number): boolean => isWord(code) || isMark(code)
