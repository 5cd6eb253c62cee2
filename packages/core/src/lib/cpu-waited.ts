import { readFileSync } from 'node:fs'

/**
 * Milliseconds in which this thread was ready to run and had no CPU, since it began: the second figure of schedstat. 0 where the
 * kernel does not say.
 */
export function cpuWaited(): number {
  try {
    const [, waited] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')
    return Number(waited) / 1e6 || 0
  } catch {
    return 0
  }
}
