/** Numbers from 0 to 1 that are the same in every run (mulberry32, Tommy Ettinger, public domain). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Normally distributed, mean 0 and deviation 1 (Box and Muller). */
export const normal = (u: () => number): number => Math.sqrt(-2 * Math.log(1 - u())) * Math.cos(2 * Math.PI * u())

/** Knuth; for small means. */
export function poisson(mean: number, u: () => number): number {
  let count = -1
  for (let product = 1; product > Math.exp(-mean); product *= u()) count++
  return count
}
