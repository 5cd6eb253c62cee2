import { randomBytes } from 'node:crypto'

const tokens = new WeakMap<object, string>()

/**
 * The random token of a monitor without a configured one. The first admin handler or server that needs the token makes
 * it and announces it; all of them share it.
 */
export function monitorToken(monitor: object, announce: (token: string) => void): string {
  const known = tokens.get(monitor)
  if (known !== undefined) return known
  const token = randomBytes(32).toString('base64url')
  tokens.set(monitor, token)
  announce(token)
  return token
}

/** A monitor that replaces another one keeps its token: clients with that token can go on. */
export function inheritToken(monitor: object, from: object): void {
  const token = tokens.get(from)
  if (token !== undefined) tokens.set(monitor, token)
}
