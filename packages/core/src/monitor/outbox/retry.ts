const second = 1000

/** Longest wait between two attempts, in milliseconds, unless the receiver asks for more. */
const maxWait = 5 * 60 * second

/** A receiver that asks for a longer wait gets another attempt after this time anyway. */
const maxRetryAfter = 60 * 60 * second

/**
 * Milliseconds until the next attempt, after `attempts` that failed: 1 s, 2 s, 4 s … 5 min, minus a random part of up
 * to half, so that many processes with one receiver do not retry at once ("equal jitter" in
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function waitAfter(attempts: number, retryAfter = 0, random: () => number = Math.random): number {
  const backoff = Math.min(maxWait, second * 2 ** Math.min(attempts - 1, 20))
  return Math.max(Math.min(retryAfter, maxRetryAfter), Math.round(backoff * (0.5 + random() / 2)))
}

/** The header `Retry-After` in milliseconds: seconds (some services send fractions) or a date (RFC 9110, 10.2.3). */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * second : Date.parse(header) - now
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
}
