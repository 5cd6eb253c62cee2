import { normal } from '../loads.js'

/** Samples a second apart. */
const second = 1000

/** Any moment: samples carry times. */
const start = 1_700_000_000_000

/** Latencies of servers have a long tail: log-normal, so that one in a hundred takes ten times the median. */
export const logNormal = (median, sigma, u) => median * Math.exp(sigma * normal(u))

/** How many begin in this second, at so many a second. */
export const arrivals = (perSecond, u) => Math.floor(perSecond) + (u() < perSecond % 1 ? 1 : 0)

/** One sample for each second, of what `valuesAt` says. */
export function samplesOf(seconds, valuesAt) {
  return Array.from({ length: seconds }, (_, at) => {
    const { cpuWait, cpuThreads, blockedFor, ...values } = valuesAt(at)
    return {
      at: start + second * at,
      values,
      ...(cpuWait && { cpuWait }),
      ...(cpuThreads && { cpuThreads }),
      ...(blockedFor && { blockedFor }),
    }
  })
}
