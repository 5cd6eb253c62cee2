import { isUuid } from './randomness.js'
import { isMixed } from './reading.js'

/** A text with digits and letters that is not a secret, although it stands beside secrets. */
const ordinary =
  'sha md5 bcrypt argon base64 scrypt pbkdf oauth utf http version rfc aes rsa node ipv x509 ed25519 p256'.split(' ')

const marks = ['/', '(', '=', ':']

/** The `hunter2` of `password hunter2`, but not the `sha256` of `password sha256`. */
export function isShortSecret(word: string): boolean {
  if (word.length < 6 || !isMixed(word) || marks.some(mark => word.includes(mark)) || isUuid(word)) return false
  const lower = word.slice(0, 16).toLowerCase()
  return !ordinary.some(start => lower.startsWith(start))
}
