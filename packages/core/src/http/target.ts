import type { NodeRequest } from './node-types.js'

/** Whether a path belongs to the routes mounted under the prefix. */
export function isMountedAt(prefix: string, pathname: string): boolean {
  return pathname.startsWith(prefix) && (pathname.length === prefix.length || pathname[prefix.length] === '/')
}

/** Whether a URL, as a middleware sees it, is for the admin routes. */
export function isFor({ prefix, pullPrefix }: { prefix: string; pullPrefix?: string }, url: string): boolean {
  const path = withoutQuery(pathOf(url))
  return isMountedAt(prefix, path) || (pullPrefix !== undefined && isMountedAt(pullPrefix, path))
}

/**
 * The part of the client's URL before the one that a middleware sees: the mount path of the middleware. `undefined` if
 * the client's URL does not end with the other, or if a link made of the mount path would lead to another host.
 */
export function mountOf(whole: string, seen: string): string | undefined {
  const rest = withoutQuery(pathOf(seen))
  // For the mount path itself, frameworks turn the empty rest into a slash.
  const path = withoutQuery(pathOf(whole)).replace(/[^/]$/, last => (rest === '/' ? `${last}/` : last))
  if (!path.endsWith(rest)) return undefined
  const mount = path.slice(0, path.length - rest.length)
  return /^(\/[^/\\]+)*$/.test(mount) ? mount : undefined
}

/** Middleware under a path gets the rest of it; `originalUrl` is the URL from the client. */
export function targetOf(req: NodeRequest): string {
  return req.originalUrl ?? req.url ?? ''
}

/** A proxy's request line has a whole URL (RFC 9112 §3.2.2); only its path counts. */
export function pathOf(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '')
  return path === target ? path : path.startsWith('/') ? path : `/${path}`
}

function withoutQuery(path: string): string {
  return path.split(/[?#]/, 1)[0] as string
}
