import { isIPv6 } from 'node:net'

export interface FailedTries {
  /** Milliseconds until that address may try again; 0 if it may now. */
  waitFor(address: string | undefined): number
  /** Counts a failed try. Returns whether it was the last for now. */
  failed(address: string | undefined): boolean
}

export interface FailedTriesOptions {
  /** Failures that an address may have at once. @default 100 */
  burst?: number
  /** Milliseconds after which an address gets one failure back. @default 6000 */
  refill?: number
  /** Addresses to remember; beyond, the one with the least recent failure is forgotten. @default 10,000 */
  maxAddresses?: number
  /** Milliseconds of a monotonic clock. @default performance.now */
  now?: () => number
}

/**
 * A token bucket for each address, of failures alone: clients without failures are never slowed down. The refill is
 * faster than the requests of a scraper with an old token, so that the scraper does not lock out other clients at its
 * address. Reasons: `decisions/180`.
 */
export function createFailedTries({
  burst = 100,
  refill = 6000,
  maxAddresses = 10_000,
  now = () => performance.now(),
}: FailedTriesOptions = {}): FailedTries {
  /** The tokens left, and the time of that count; the least recent failure first. */
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
 * The forms in which IPv6 carries an IPv4 address in its last 32 bits: mapped, translated (RFC 8215, RFC 6052: NAT64).
 */
const carriers = /^(0:0:0:0:0:ffff|0:0:0:0:ffff:0|64:ff9b:0:0:0:0|64:ff9b:1:\w+:\w+:\w+):(\w+):(\w+)$/

/**
 * The unit of which one client can hardly have many: an IPv4 address, or the /64 of an IPv6 address, in which a single
 * machine may take any; the /48 if 6to4 has given it one for its IPv4 address. All clients with an unknown address
 * share one.
 */
export function networkOf(address = ''): string {
  const plain = address.replace(/%.*$/, '')
  if (!isIPv6(plain)) return plain.slice(0, 64)
  const groups = groupsOf(plain)
  const [, , high, low] = carriers.exec(groups.join(':')) ?? []
  if (high !== undefined && low !== undefined) return dotted(high, low)
  return groups[0] === '2002' ? `${groups.slice(0, 3).join(':')}::/48` : `${groups.slice(0, 4).join(':')}::/64`
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): string[] {
  const hex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes) => {
    const [a, b, c, d] = bytes.map(Number) as [number, number, number, number]
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
  const [head = [], tail] = hex.split('::').map(part => (part === '' ? [] : part.split(':')))
  const zeros = tail ? Array.from({ length: 8 - head.length - tail.length }, () => '0') : []
  return [...head, ...zeros, ...(tail ?? [])].map(group => Number.parseInt(group, 16).toString(16))
}

function dotted(high: string, low: string): string {
  return [high, low].flatMap(group => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]).join('.')
}
