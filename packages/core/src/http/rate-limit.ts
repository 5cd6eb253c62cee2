import { isIPv6 } from 'node:net'

export interface FailedTries {
  /** Milliseconds until that address may try again; 0 where it may now. */
  waitFor(address: string | undefined): number
  /** Counts a try that has failed. Returns whether it was the last for now. */
  failed(address: string | undefined): boolean
}

export interface FailedTriesOptions {
  /** Failures that an address has at once. @default 100 */
  burst?: number
  /** Milliseconds after which it gets one back. @default 6000 */
  refill?: number
  /** Addresses that are remembered; beyond, the one that has failed least recently is forgotten. @default 10,000 */
  maxAddresses?: number
  /** Milliseconds of a clock that never goes back. @default performance.now */
  now?: () => number
}

/**
 * A token bucket for each address, of failures alone: whoever makes none is never slowed down. The refill is faster than
 * a scraper with an old token asks, so that it locks out nobody who shares its address. Why: `decisions/180`.
 */
export function createFailedTries({
  burst = 100,
  refill = 6000,
  maxAddresses = 10_000,
  now = () => performance.now(),
}: FailedTriesOptions = {}): FailedTries {
  /** What is left, and when that was so; the least recent failure first. */
  const buckets = new Map<string, { left: number; at: number }>()

  const leftOf = (key: string): number => {
    const bucket = buckets.get(key)
    return bucket ? Math.min(burst, bucket.left + (now() - bucket.at) / refill) : burst
  }

  return {
    waitFor(address) {
      const left = leftOf(networkOf(address))
      return left >= 1 ? 0 : Math.ceil((1 - left) * refill)
    },
    failed(address) {
      const key = networkOf(address)
      const left = Math.max(0, leftOf(key) - 1)
      buckets.delete(key)
      if (buckets.size >= maxAddresses) buckets.delete(buckets.keys().next().value as string)
      buckets.set(key, { left, at: now() })
      return left < 1
    },
  }
}

/**
 * What one client can hardly have many of: an IPv4 address, or the /64 of an IPv6 address, in which a single machine may
 * take any. All whose address is not known share one.
 */
export function networkOf(address = ''): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!isIPv6(plain)) return plain.slice(0, 64)
  const [head = '', tail] = plain.split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const after = tail === '' ? 0 : tail.split(':').length + (tail.includes('.') ? 1 : 0)
    while (groups.length < 8 - after) groups.push('0')
    if (tail !== '') groups.push(...tail.split(':'))
  }
  return `${groups
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
