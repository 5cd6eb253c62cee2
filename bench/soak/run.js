/**
 * A long life in a short time: a server under light load is watched with a short interval, dumps of every cheap kind are
 * made one after the other under a small retention, thresholds are patched, event streams come and go. What must not
 * grow: memory, open files, active handles, files on disk.
 *
 *   npm run build && node bench/soak/run.js [--hours 24 | --seconds 600] [--interval 20] [--least 5] [--json]
 *
 * Compressed by the interval: at 20 ms, the least that the options allow, a day of samples a second takes 29 minutes, the
 * default of ten minutes is 8.3 hours. A day has 720 dumps at most (`maxPerHour`); here there are more, one after the other.
 * With `--least` it goes on until so many dumps, patches and streams are done, and twenty times as many samples and requests.
 * Exits with 1 where something has grown.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createAdminHandler, createMonitor, createNodeListener } from '@autodump/core'

const { values: given } = parseArgs({
  options: {
    hours: { type: 'string' },
    seconds: { type: 'string', default: '600' },
    interval: { type: 'string', default: '20' },
    least: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
})
const interval = Number(given.interval)
/** Samples of an hour at one second. */
const hour = 3600
const seconds = given.hours ? (Number(given.hours) * hour * interval) / 1000 : Number(given.seconds)
const dir = mkdtempSync(join(tmpdir(), 'autodump-soak-'))
const silent = { info() {}, warn() {}, error() {} }
const maxDumps = 10

const monitor = createMonitor({
  dir,
  logger: silent,
  interval,
  retention: { maxDumps, minFreeBytes: 0 },
  limits: { maxPerHour: 3600 },
  metrics: { queue: () => Math.random() * 100 },
  thresholds: Object.fromEntries(
    ['cpu', 'rss', 'heap', 'eventLoopDelay', 'eventLoopUtilization', 'inFlight', 'gc', 'handles', 'queue'].map(
      metric => [
        metric,
        // They are judged at each sample, and what they find is told; the dumps are asked for below.
        { watermark: 1e9, spike: null, leak: null },
      ],
    ),
  ),
})
const admin = createNodeListener(createAdminHandler(monitor, { auth: false, logger: silent }))
const server = createServer((req, res) => admin(req, res, () => setTimeout(() => res.end('ok'), 5)))
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const base = `http://127.0.0.1:${server.address().port}`
await monitor.start()
// On a busy machine the thread comes up later than that.
while (monitor.status().state !== 'running') await new Promise(resolve => setTimeout(resolve, 100))

const kinds = [
  ['requests', 'report'],
  ['cpu-profile'],
  ['heap-profile', 'requests'],
  ['trace'],
  ['async-wait', 'requests'],
]
const end = Date.now() + seconds * 1000
/** By the samples that were really taken, where these are asked for: a busy machine comes late with some. */
const isOver = () =>
  (given.hours ? done.samples >= Number(given.hours) * hour : Date.now() >= end) &&
  Math.min(done.samples / 20, done.requests / 20, done.dumps, done.patches, done.streams) >= Number(given.least)
const done = { samples: 0, dumps: 0, requests: 0, patches: 0, streams: 0, refused: 0 }
monitor.on('sample', () => done.samples++)

async function until(work) {
  while (!isOver()) await work()
}

const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

async function makeDump() {
  try {
    await monitor.trigger({ capture: kinds[done.dumps % kinds.length], duration: 50 })
    done.dumps++
  } catch (error) {
    if (error.code !== 'LIMITED') throw error
    done.refused++
  }
  await pause(200)
}

async function load() {
  // The pool of `fetch` may pick a connection that the server is about to close.
  const answer = await fetch(`${base}/`).catch(() => fetch(`${base}/`))
  await answer.text()
  done.requests++
  await pause(2)
}

async function patch() {
  await monitor.updateThresholds({ cpu: { cooldown: 1000 + (done.patches++ % 2) } })
  for (const path of ['/status', '']) {
    const ask = () => fetch(`${base}/debug/autodump${path}`)
    await (await ask().catch(ask)).json()
  }
  await pause(100)
}

/** A client of the event stream that stays for a second. */
function listen() {
  done.streams++
  return new Promise(resolve => {
    const request = get(`${base}/debug/autodump/stream`, response => {
      response.resume()
      setTimeout(() => request.destroy(), 1000)
    })
    request.on('error', () => {})
    request.on('close', resolve)
  })
}

const readings = []
function read() {
  const count = path => {
    try {
      return readdirSync(path).length
    } catch {
      return null // There is no such thing on this platform.
    }
  }
  readings.push({
    hours: done.samples / hour,
    rss: process.memoryUsage.rss() / 1024 ** 2,
    handles: process.getActiveResourcesInfo().length,
    files: count('/proc/self/fd'),
    dumps: readdirSync(dir).filter(name => /^\d/.test(name)).length,
  })
}

const timer = setInterval(read, Math.min(1000, (seconds * 1000) / 30))
await Promise.all([until(makeDump), until(load), until(patch), until(listen)])
clearInterval(timer)

const median = list => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]
/** The middle third against the last one: the first is for warming up. */
const part = (name, from, to) =>
  median(readings.slice(Math.floor(readings.length * from), Math.ceil(readings.length * to)).map(one => one[name] ?? 0))
/** Growth in an hour of samples after the first third: the median of the slopes between all pairs of readings. */
function slope(name) {
  const settled = readings.slice(Math.floor(readings.length / 3))
  const slopes = settled.flatMap((after, index) =>
    settled
      .slice(0, index)
      .filter(before => after.hours > before.hours)
      .map(before => (after[name] - before[name]) / (after.hours - before.hours)),
  )
  return slopes.length > 0 ? median(slopes) : 0
}
const figures = Object.fromEntries(
  ['rss', 'handles', 'files', 'dumps'].map(name => [
    name,
    { middle: part(name, 1 / 3, 2 / 3), last: part(name, 2 / 3, 1), perHour: slope(name) },
  ]),
)
const hours = done.samples / hour
const { errors } = monitor.status()
await monitor.stop()
server.close()
server.closeAllConnections()
rmSync(dir, { recursive: true })

/** What may be more: by a factor and so much in the last third, and so much in a day at the rate of this run. */
const bounds = [
  ['rss', 1.1, 8, 32],
  ['handles', 1, 4, 4],
  ['files', 1, 4, 4],
]
/** In a short run a slope is noise. */
const fewestHours = 8
const grown = bounds
  .filter(([name, factor, slack, aDay]) => {
    const { middle, last, perHour } = figures[name]
    return last > middle * factor + slack || (hours >= fewestHours && 24 * perHour > aDay)
  })
  .map(([name]) => name)
// They are bounded by retention: until that many are there, they grow. One more is being made.
if (figures.dumps.last > maxDumps + 1) grown.push('dumps')
const result = { seconds, hours, done, ...figures, errors, grown }
if (given.json) console.log(JSON.stringify(result))
else {
  console.log(
    `${seconds} s for ${hours.toFixed(1)} hours of a sample a second: ${Object.entries(done)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')}`,
  )
  for (const [name, { middle, last, perHour }] of Object.entries(figures))
    console.log(
      `${name.padEnd(8)} ${middle.toFixed(1).padStart(8)} in the middle third, ${last.toFixed(1)} in the last; ${perHour.toFixed(3)} more in each hour`,
    )
  if (hours < fewestHours)
    console.log(`the slopes are not judged in runs of fewer than ${fewestHours} hours of samples`)
  for (const { what, message, count } of errors) console.log(`error: ${what}: ${message} (${count})`)
  console.log(grown.length > 0 ? `grown: ${grown.join(', ')}` : 'nothing has grown')
}
process.exitCode = grown.length > 0 || errors.length > 0 ? 1 : 0
