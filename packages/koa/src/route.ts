import type { IncomingMessage } from 'node:http'
import { mountOf } from '@autodump/core'

/** Where a context is found by its request; a symbol, so that nobody else comes across it. */
const context = Symbol('autodump.context')

/** The marks of routers on a context. */
interface RoutedContext {
  url: string
  originalUrl: string
  /** By @koa/router and koa-router: the pattern, the prefixes of routers included. */
  _matchedRoute?: unknown
}

type LinkedRequest = IncomingMessage & { [context]?: RoutedContext; originalUrl?: string }

/**
 * Lets the table of requests find the context of a request, and the URL as the client sent it, where the convention of
 * Connect has it: koa-mount takes its part off that of the request.
 */
export function link(req: IncomingMessage, ctx: RoutedContext): void {
  const linked = req as LinkedRequest
  linked[context] = ctx
  linked.originalUrl ??= ctx.originalUrl
}

export function contextOf(req: object | null): RoutedContext | undefined {
  return (req as LinkedRequest | null)?.[context]
}

/** The pattern that a request was routed by, e.g. `/users/:id`, after the path that its router is mounted at. */
export function routeOf(ctx: RoutedContext | undefined): string | null {
  const route = ctx?._matchedRoute
  const path = route instanceof RegExp ? route.source : route
  if (ctx === undefined || typeof path !== 'string') return null
  const mount = mountOf(ctx.originalUrl, ctx.url) ?? ''
  return mount !== '' && path === '/' ? mount : mount + path
}
