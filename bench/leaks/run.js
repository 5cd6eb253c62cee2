/**
 * What the leak rule of `heap` makes of healthy heaps and of leaks in steps, with and without the part that looks for
 * steps (`decisions/095`). Heaps are simulated, one reading after each full collection.
 *
 *   npm run build && node bench/leaks/run.js
 */
import { judge } from '../../packages/core/dist/rules/judge.js'
import { captureEnded, fired, initialState } from '../../packages/core/dist/rules/memory.js'
import { random } from '../detection/loads.js'

const MiB = 1024 ** 2
const hour = 3600
const runs = 15
const threshold = {
  enabled: true,
  min: 0,
  spike: null,
  watermark: null,
  leak: 4 * hour * 1000,
  cooldown: 60_000,
  hold: 1,
  capture: ['heap-profile'],
}

const normal = u => Math.sqrt(-2 * Math.log(1 - u())) * Math.cos(2 * Math.PI * u())

/** As V8 does it: a full collection when the heap has grown by about half; in between nothing is known. */
function collected(alive, seconds, { churn = MiB, noise = 0.03, seed }) {
  const u = random(seed)
  let last = { at: 0, bytes: alive(0), grows: 1.5 }
  return Array.from({ length: seconds }, (_, second) => {
    const now = alive(second)
    const full = now + churn * (second - last.at) > last.bytes * last.grows + 10 * MiB
    if (full) last = { at: second, bytes: now * (1 + noise * Math.abs(normal(u))), grows: 1.2 + 0.6 * u() }
    return full || second === 0 ? last.bytes : null
  })
}

/** The seconds of the dumps; a dump takes five. Steps are not looked for where memory is `sticky`. */
function dumps(readings, limit, sticky) {
  const found = []
  let state = initialState()
  readings.forEach((bytes, second) => {
    const ago = second - (found.at(-1) ?? Number.NEGATIVE_INFINITY)
    if (ago === 5 && !sticky) state = captureEnded(state, true)
    const live = bytes === null ? null : { what: 'live heap', bytes, room: limit - bytes, sticky }
    const reading = { value: 1, at: second * 1000, capturing: ago < 5, live }
    const judged = judge({ metric: 'heap', unit: 'percent' }, threshold, state, reading, { history: 10, warmup: 10 })
    state = judged.state
    if (judged.decision.fire !== 'leak') return
    found.push(second)
    state = fired(state, 'leak', reading.at)
  })
  return found
}

const saturating = (from, to, tau) => second =>
  (from + (second < 600 ? 0 : (to - from) * (1 - Math.exp((600 - second) / tau)))) * MiB
const risen =
  (base, ...at) =>
  second =>
    (base + at.reduce((sum, [s, mib]) => sum + (second > s ? mib : 0), 0)) * MiB

const healthy = {
  steady: [() => 40 * MiB],
  'much in flight': [() => 40 * MiB, { noise: 0.2, churn: 8 * MiB }],
  'large, much in flight': [() => 900 * MiB, { noise: 0.1, churn: 40 * MiB }],
  start: [second => (60 - 46 * Math.exp(-second / 12)) * MiB],
  'start in steps': [risen(14, [3, 21], [20, 20])],
  'traffic after 15 minutes, in steps': [risen(20, [900, 15], [930, 15], [1000, 20], [1100, 15])],
  'cache, time constant 2 min': [saturating(30, 150, 120)],
  'cache, 5 min': [saturating(30, 150, 300)],
  'cache, 10 min': [saturating(30, 150, 600)],
  'large cache, 15 min': [saturating(30, 400, 900)],
  'one step': [risen(50, [600, 200])],
  'two steps': [risen(50, [600, 100], [1800, 100])],
  'three steps': [risen(50, [600, 50], [1200, 60], [1800, 70])],
  'season of 31 min': [second => (100 + 40 * Math.sin(second / 300)) * MiB],
  'season of 31 min, from its lowest': [second => (100 - 60 * Math.cos(second / 300)) * MiB],
  'day, from its lowest': [second => (100 - 60 * Math.cos(second / 13_750)) * MiB],
  sawtooth: [second => (60 + (second % 600) / 20) * MiB],
  'jobs that give back': [second => (60 + [0, 40, 90, 150, 0, 0][Math.floor(second / 300) % 6]) * MiB],
}
const seeds = Array.from({ length: runs }, (_, index) => index + 1)
console.log(`dumps in ${runs} runs of two hours: without -> with steps, by the limit of the heap`)
console.table(
  Object.entries(healthy).map(([name, [alive, options]]) => {
    const series = seeds.map(seed => collected(alive, 2 * hour, { ...options, seed }))
    const total = (limit, sticky) => series.reduce((sum, readings) => sum + dumps(readings, limit, sticky).length, 0)
    const by = [4096, 1024, 512].map(mib => [`${mib} MiB`, `${total(mib * MiB, true)} -> ${total(mib * MiB, false)}`])
    return { heap: name, ...Object.fromEntries(by) }
  }),
)

const steps =
  (every, ...sizes) =>
  second => {
    let mib = 50
    for (let step = 0; step < Math.floor(second / every); step++) mib += sizes[step % sizes.length]
    return mib * MiB
  }
const leaks = {
  'every 5 min, 60 MiB': steps(300, 60),
  'every 5 min, 20 to 200 MiB': steps(300, 20, 150, 30, 200),
  'every 10 min, 60 MiB': steps(600, 60),
  'every 15 min, 80 MiB': steps(900, 80),
  'every 20 min, 100 and 30 MiB': steps(1200, 100, 30),
}
console.log('leaks in steps, limit 1 GiB: seconds to the first dump (median of the runs that have one within 5 hours)')
console.table(
  Object.entries(leaks).map(([leak, alive]) => {
    const first = sticky => {
      const found = seeds
        .map(seed => dumps(collected(alive, 5 * hour, { seed }), 1024 * MiB, sticky)[0])
        .filter(second => second !== undefined)
        .sort((a, b) => a - b)
      return `${found[found.length >> 1] ?? '-'} (${found.length} of ${runs})`
    }
    return { leak, without: first(true), with: first(false) }
  }),
)
