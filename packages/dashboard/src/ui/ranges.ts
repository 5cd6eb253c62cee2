const hour = 3_600_000

/** The times that lists can be narrowed to, in milliseconds until now. */
const spans: Record<string, { ms: number; words: string }> = {
  '1h': { ms: hour, words: 'last hour' },
  '24h': { ms: 24 * hour, words: 'last 24 hours' },
  '7d': { ms: 7 * 24 * hour, words: 'last 7 days' },
  '30d': { ms: 30 * 24 * hour, words: 'last 30 days' },
}

export const ranges: readonly [name: string, words: string][] = [
  ['', 'all time'],
  ...Object.entries(spans).map(([name, { words }]): [string, string] => [name, words]),
]

/**
 * The moment at which a range begins, in epoch milliseconds; `undefined` for all time. On a whole minute, so that the same
 * question is asked for a while.
 */
export function sinceOf(range: string, now: number): number | undefined {
  if (!Object.hasOwn(spans, range)) return undefined
  const { ms } = spans[range] as { ms: number }
  return Math.floor((now - ms) / 60_000) * 60_000
}

/** The ranges that the address may name, else all time. */
export const isRange = (name: string | null): name is string => name !== null && Object.hasOwn(spans, name)
