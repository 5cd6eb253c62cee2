// What a capture does to the process that it is taken of, seen from inside of that process.
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A gap between two beats counts as standing still from this many milliseconds on. */
const noticeable = 20

/** A beat every millisecond; how far apart they come is how long the event loop stood still. */
export function watchBeats() {
  let last = performance.now()
  let longestMs = 0
  let stillMs = 0
  const beat = () => {
    const now = performance.now()
    const gap = now - last
    last = now
    longestMs = Math.max(longestMs, gap)
    if (gap >= noticeable) stillMs += gap
  }
  const timer = setInterval(beat, 1)
  return {
    async stop() {
      await sleep(5)
      clearInterval(timer)
      return { longestMs, stillMs }
    },
  }
}

/** Bytes by which resident memory rises above what it is now, at the worst: Linux keeps the peak and lets it be reset. */
export function watchMemory() {
  writeFileSync('/proc/self/clear_refs', '5')
  const before = statusBytes('VmRSS')
  return { stop: () => Math.max(0, statusBytes('VmHWM') - before) }
}

function statusBytes(field) {
  const [, kib] = new RegExp(`${field}:\\s*(\\d+) kB`).exec(readFileSync('/proc/self/status', 'utf8'))
  return Number(kib) * 1024
}
