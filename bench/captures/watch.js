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

/** Milliseconds between two looks at the thread's figures. */
const looking = 50

/**
 * What the main thread itself did while it stood still for longest, whatever its neighbours did meanwhile: milliseconds of
 * CPU, and page faults.
 */
export function watchThread() {
  let last = { at: performance.now(), ...threadFigures() }
  let longest = { ms: 0, cpuMs: 0, faults: 0 }
  const look = () => {
    const now = { at: performance.now(), ...threadFigures() }
    const ms = now.at - last.at
    if (ms > longest.ms) longest = { ms, cpuMs: now.cpuMs - last.cpuMs, faults: now.faults - last.faults }
    last = now
  }
  const timer = setInterval(look, looking)
  return {
    stop() {
      clearInterval(timer)
      look()
      return { cpuMs: longest.cpuMs, faults: longest.faults }
    },
  }
}

function threadFigures() {
  const read = file => readFileSync(`/proc/self/task/${process.pid}/${file}`, 'utf8')
  const [ns] = read('schedstat').split(' ')
  // After the name, which may contain anything: minflt is field 10 of the line.
  const fields = read('stat').slice(read('stat').lastIndexOf(')')).split(' ')
  return { cpuMs: Number(ns) / 1e6, faults: Number(fields[8]) }
}

/** Microseconds that a page fault takes on this machine now. */
export function costOfFault() {
  const before = threadFigures()
  const began = performance.now()
  const pages = Buffer.allocUnsafeSlow(32 * 1024 ** 2)
  for (let at = 0; at < pages.length; at += 4096) pages[at] = 1
  return ((performance.now() - began) * 1000) / (threadFigures().faults - before.faults)
}
