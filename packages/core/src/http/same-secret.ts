import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Whether a client has sent the secret. This is the only comparison of a secret in this package: it takes the same time
 * for any input. Both sides are hashed: `timingSafeEqual` needs equal lengths, and clients must not be able to measure
 * a length.
 */
export function isSameSecret(said: string, secret: string): boolean {
  return timingSafeEqual(sha256(said), sha256(secret))
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
