/** Decides which of many equal events are looked at, and how many each of those stands for. */
export interface AdaptiveSampler {
  /** 0: not this one; else how many events this one stands for. To be called at every event. */
  next(now: number): number
}

/** Milliseconds after which the rate is chosen anew. */
const window = 100

/**
 * Takes every event while they are few. If more than `perWindow` come within 100 ms, it takes one of two, then one of four
 * and so on, and goes back as they become fewer. Chance selects them, because a pattern in the events (one request makes
 * exactly four promises) would hide one of them otherwise. Each stands for the skipped ones, so sums are right on average
 * (inverse probability weighting, Horvitz and Thompson).
 *
 * @param random from 0 to 1, exclusive
 */
export function createAdaptiveSampler(perWindow: number, random: () => number): AdaptiveSampler {
  let every = 1
  let taken = 0
  let began = Number.NEGATIVE_INFINITY
  return {
    next(now) {
      if (now - began >= window) {
        // After a window without many the rate may rise again; after a quiet time it starts over.
        if (now - began >= 10 * window) every = 1
        else if (taken < perWindow / 4) every = Math.max(1, every / 2)
        began = now
        taken = 0
      }
      if (every > 1 && random() * every >= 1) return 0
      const weight = every
      if (++taken >= perWindow) {
        every *= 2
        taken = Math.floor(perWindow / 2)
      }
      return weight
    },
  }
}

/** Random numbers of our own (xorshift32): applications replace `Math.random`, and tests make it predictable. */
export function createRandom(seed: number): () => number {
  let state = seed | 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/**
 * At most about `target` of the waits, with a sum of times that is right on average: long waits stay, and some of the
 * others, which then count for more (threshold sampling, Duffield, Lund and Thorup 2005).
 */
export function thin<T extends { ms: number; weight: number }>(waits: T[], target: number, random: () => number): T[] {
  if (waits.length <= target) return waits
  const sizes = waits.map(({ ms, weight }) => ms * weight).sort((a, b) => b - a)
  let rest = sizes.reduce((sum, size) => sum + size, 0)
  // The largest stay as they are. The threshold is the share of each of the others when the rest is divided equally.
  let stay = 0
  while (stay < target && (sizes[stay] as number) > rest / (target - stay)) rest -= sizes[stay++] as number
  const threshold = rest / Math.max(1, target - stay)
  return waits.flatMap(wait => {
    const chance = Math.min(1, (wait.ms * wait.weight) / threshold)
    if (chance < 1 && random() >= chance) return []
    return [chance < 1 ? { ...wait, weight: wait.weight / chance } : wait]
  })
}
