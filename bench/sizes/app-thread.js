/**
 * What a sample costs the app thread: its CPU time in a process that does nothing else, with and without a monitor, by
 * the scheduler's own count, so that timers, messages and what the kernel does for them are in it. Linux only.
 *
 *   npm run build && node bench/sizes/app-thread.js [--samples 10] [--only inFlight,handles,custom] [--json]
 *
 * A loop that is busy anyway pays less: an idle one is woken for each beat, and that is most of it.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const script = fileURLToPath(import.meta.url)
const interval = 1000
const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

if (process.send) await beMeasured(JSON.parse(process.argv[2]))
else await measureAll()

async function beMeasured({ monitored, samples, inFlight = 0, handles = 0, custom = 0, recorder = true }) {
  const { createMonitor } = await import('@autodump/core')
  const dir = mkdtempSync(join(tmpdir(), 'autodump-bench-'))
  const metrics = Object.fromEntries(Array.from({ length: custom }, (_, index) => [`metric${index}`, () => index]))
  const builtin = ['cpu', 'rss', 'heap', 'eventLoopDelay', 'eventLoopUtilization', 'inFlight', 'gc', 'handles']
  const silent = { spike: null, watermark: null, leak: null }
  const monitor = createMonitor({
    dir,
    interval,
    auth: false,
    metrics,
    recorder: { enabled: recorder },
    logger: { info() {}, warn: console.error, error: console.error },
    thresholds: Object.fromEntries([...builtin, ...Object.keys(metrics)].map(name => [name, silent])),
  })
  for (let index = 0; index < handles; index++) setTimeout(() => {}, 3_600_000)
  if (monitored) await monitor.start()
  for (let index = 0; index < inFlight; index++) monitor.requests.track({ method: 'GET', url: `/items/${index}` })
  // Until what was just made is compiled, collected and seen.
  await pause(4 * interval)
  const before = mainThread()
  const began = performance.now()
  await pause(samples * interval)
  const cpu = (mainThread() - before) / ((performance.now() - began) / interval)
  await monitor.stop()
  rmSync(dir, { recursive: true, force: true })
  process.send(cpu, () => process.exit(0))
}

/** CPU time of the main thread, in microseconds. */
function mainThread() {
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ', 1)[0]) / 1000
}

async function measureAll() {
  const { values: options } = parseArgs({
    options: {
      samples: { type: 'string', default: '10' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const measure = async sizes => {
    const child = fork(script, [JSON.stringify({ ...sizes, samples: Number(options.samples) })])
    return (await once(child, 'message'))[0]
  }
  const sizes = {
    recorder: [true, false],
    inFlight: [0, 10, 1000, 100_000],
    handles: [10, 100, 1000, 10_000],
    custom: [0, 10, 200],
  }
  const rows = []
  for (const [name, values] of Object.entries(sizes)) {
    if (options.only && !options.only.split(',').includes(name)) continue
    for (const value of values) {
      const size = { [name]: value }
      const bare = await measure({ ...size, monitored: false })
      const monitored = await measure({ ...size, monitored: true })
      rows.push({
        [name]: value,
        bare: bare.toFixed(0),
        monitored: monitored.toFixed(0),
        'µs a sample': (monitored - bare).toFixed(0),
      })
      if (!options.json) console.log(`${name} ${value}: ${(monitored - bare).toFixed(0)} µs a sample`)
    }
  }
  if (options.json) console.log(JSON.stringify(rows))
}
