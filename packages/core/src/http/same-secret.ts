import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Whether a client has said the secret. The only comparison of one in this package: it takes the same time whatever was
 * said. Both sides are hashed, since `timingSafeEqual` wants equal lengths, and no length is to be measured from outside.
 */
export function isSameSecret(said: string, secret: string): boolean {
  return timingSafeEqual(sha256(said), sha256(secret))
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
