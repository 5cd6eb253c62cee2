import { randomBytes } from 'node:crypto'

const tokens = new WeakMap<object, string>()

/**
 * The random token of a monitor for which none was chosen: made by whichever of its admin handlers and servers needs it
 * first, who also gets to announce it, and the same for all of them.
 */
export function monitorToken(monitor: object, announce: (token: string) => void): string {
  const known = tokens.get(monitor)
  if (known !== undefined) return known
  const token = randomBytes(32).toString('base64url')
  tokens.set(monitor, token)
  announce(token)
  return token
}

/** A monitor that takes the place of another: whoever has the token of that one can go on. */
export function inheritToken(monitor: object, from: object): void {
  const token = tokens.get(from)
  if (token !== undefined) tokens.set(monitor, token)
}
