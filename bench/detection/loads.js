/** Numbers from 0 to 1 that are the same in every run (mulberry32, Tommy Ettinger, public domain). */
export function random(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Box and Muller. */
export const normal = u => Math.sqrt(-2 * Math.log(1 - u())) * Math.cos(2 * Math.PI * u())

/** Knuth. */
function poisson(mean, u) {
  let count = -1
  for (let product = 1; product > Math.exp(-mean); product *= u()) count++
  return count
}

/** Loads with nothing wrong: each is made with its source of chance and then gives the value of each second of a day. */
export const loads = {
  'normal, 6% of the mean': u => () => 50 + 3 * normal(u),
  'normal, 12%': u => () => 50 + 6 * normal(u),
  'normal, 20%': u => () => 50 + 10 * normal(u),
  '50 requests a second of 0.5% each': u => () => 0.5 * poisson(50, u),
  '16 requests a second of 2% each': u => () => 2 * poisson(16, u),
  'correlated (0.7), 12%': u => {
    let state = 0
    return () => {
      state = 0.7 * state + Math.sqrt(1 - 0.7 ** 2) * normal(u)
      return 50 + 6 * state
    }
  },
  'sawtooth, 17 samples': u => (_, second) => 20 + (20 * (second % 17)) / 17 + normal(u) / 2,
  'log-normal, sigma 0.3': u => () => 30 * Math.exp(0.3 * normal(u)),
  'a day, from 15 to 65': u => (_, second) =>
    (40 - 25 * Math.cos((2 * Math.PI * second) / 86_400)) * (1 + 0.06 * normal(u)),
  'an hour, from 25 to 55': u => (_, second) =>
    (40 - 15 * Math.cos((2 * Math.PI * second) / 3600)) * (1 + 0.06 * normal(u)),
  'noise that grows, 1% to 20%': u => (_, second) => 50 + (0.5 + (9.5 * second) / 86_400) * normal(u),
  'flat, then noise': u => (_, second) => (second % 3600 < 1800 ? 50 : 50 + 6 * normal(u)),
  'a job every minute, 5 s': u => (_, second) => (second % 60 < 5 ? 65 : 30) + 2 * normal(u),
  'gaps of 10 s': u => (_, second) => (second % 60 < 10 ? null : 50 + 6 * normal(u)),
}
