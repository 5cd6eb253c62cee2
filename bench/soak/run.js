/**
 * A long life in a short time: a server under light load is watched with a short interval, dumps of every cheap kind are
 * made one after the other under a small retention, thresholds are patched, event streams come and go. What must not
 * grow: memory, open files, active handles, files on disk.
 *
 *   npm run build && node bench/soak/run.js [--seconds 600] [--interval 20] [--json]
 *
 * At 20 ms the default of ten minutes has as many samples as eight hours at one second, and more dumps than `maxPerHour`
 * lets happen in four days. Exits with 1 where something has grown.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createAdminHandler, createMonitor, createNodeListener } from '@autodump/core'

const { values: given } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    interval: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
})
const seconds = Number(given.seconds)
const dir = mkdtempSync(join(tmpdir(), 'autodump-soak-'))
const silent = { info() {}, warn() {}, error() {} }
const maxDumps = 10

const monitor = createMonitor({
  dir,
  logger: silent,
  interval: Number(given.interval),
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

const kinds = [
  ['requests', 'report'],
  ['cpu-profile'],
  ['heap-profile', 'requests'],
  ['trace'],
  ['async-wait', 'requests'],
]
const end = Date.now() + seconds * 1000
const done = { samples: 0, dumps: 0, requests: 0, patches: 0, streams: 0, refused: 0 }
monitor.on('sample', () => done.samples++)

async function until(work) {
  while (Date.now() < end) await work()
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
  await (await fetch(`${base}/`)).text()
  done.requests++
  await pause(2)
}

async function patch() {
  await monitor.updateThresholds({ cpu: { cooldown: 1000 + (done.patches++ % 2) } })
  await (await fetch(`${base}/debug/autodump/status`)).json()
  await (await fetch(`${base}/debug/autodump`)).json()
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
const figures = Object.fromEntries(
  ['rss', 'handles', 'files', 'dumps'].map(name => [
    name,
    { middle: part(name, 1 / 3, 2 / 3), last: part(name, 2 / 3, 1) },
  ]),
)
const { errors } = monitor.status()
await monitor.stop()
server.close()
server.closeAllConnections()
rmSync(dir, { recursive: true })

const grown = [
  ['rss', 1.1, 8],
  ['handles', 1, 4],
  ['files', 1, 4],
  ['dumps', 1, 2],
]
  .filter(([name, factor, slack]) => figures[name].last > figures[name].middle * factor + slack)
  .map(([name]) => name)
const result = { seconds, done, ...figures, errors, grown }
if (given.json) console.log(JSON.stringify(result))
else {
  console.log(
    `${seconds} s: ${Object.entries(done)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')}`,
  )
  for (const [name, { middle, last }] of Object.entries(figures))
    console.log(
      `${name.padEnd(8)} ${middle.toFixed(1).padStart(8)} in the middle third, ${last.toFixed(1)} in the last`,
    )
  for (const { what, message, count } of errors) console.log(`error: ${what}: ${message} (${count})`)
  console.log(grown.length > 0 ? `grown: ${grown.join(', ')}` : 'nothing has grown')
}
process.exitCode = grown.length > 0 || errors.length > 0 ? 1 : 0
