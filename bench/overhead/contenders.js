/**
 * Who is measured: each puts itself into a Fastify app that is not ready yet, works from then on and ends when the app is
 * closed, as its users have it.
 */
import { createRequire } from 'node:module'

const metrics = ['cpu', 'rss', 'heap', 'eventLoopDelay', 'eventLoopUtilization', 'inFlight', 'gc', 'handles']
const custom = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`metric${index}`, () => index]))
const silent = { spike: null, watermark: null, leak: null }

const autodump = options => async (app, dir) => {
  const { default: plugin } = await import('@autodump/fastify')
  await app.register(plugin, {
    dir,
    auth: false,
    interval: Number(process.env.BENCH_INTERVAL ?? 1000),
    logger: { info() {}, warn: console.error, error: console.error },
    // Load at full speed is not a fault here: no rule may fire, since a capture is not overhead but work.
    thresholds: Object.fromEntries([...metrics, ...Object.keys(options.metrics ?? {})].map(name => [name, silent])),
    ...options,
  })
}

export const contenders = {
  bare: async () => {},

  autodump: autodump({}),

  'autodump-no-recorder': autodump({ recorder: { enabled: false } }),

  /** Whatever costs something all the time, and not only when there is a dump. */
  'autodump-everything': autodump({
    recorder: { enabled: true, sampleInterval: 10_000 },
    heapProfile: { enabled: true, sampleInterval: 128 * 1024 },
    metrics: custom,
    requests: { channels: ['mysql2:query', 'ioredis:command'] },
    admin: { host: '127.0.0.1', port: 0, auth: false },
    labels: { service: 'bench' },
    notify: { webhook: 'http://127.0.0.1:9/' },
  }),

  'under-pressure': async app => {
    const { default: underPressure } = await import('@fastify/under-pressure')
    // Limits that are never reached: it samples and checks each request, as it does in earnest.
    await app.register(underPressure, { maxEventLoopDelay: 1e9, maxHeapUsedBytes: 1e12, maxRssBytes: 1e12 })
  },

  /** Wall and heap at the rates of dd-trace: 99 samples a second, one of 512 KiB, a profile of both every 65 s. */
  'datadog-pprof': async app => {
    const { encode, heap, time } = createRequire(import.meta.url)('@datadog/pprof')
    time.start({ durationMillis: 65_000, intervalMicros: Math.round(1e6 / 99) })
    heap.start(512 * 1024, 64)
    const timer = setInterval(() => Promise.all([encode(time.stop(true)), encode(heap.profile())]), 65_000)
    app.addHook('onClose', async () => {
      clearInterval(timer)
      time.stop(false)
      heap.stop()
    })
  },

  /** Its log thread, as it is by default: figures of CPU, heap, collections and the loop, once a minute. */
  xprofiler: async (_, dir) => {
    const { default: xprofiler } = await import('xprofiler')
    xprofiler.start({ log_dir: dir })
  },
}

/** These cannot be switched off again. */
export const staysOn = ['xprofiler']

/** xprofiler needs a compiler on some platforms. */
export function isInstalled(name) {
  if (name !== 'xprofiler') return true
  try {
    createRequire(import.meta.url).resolve('xprofiler')
    return true
  } catch {
    return false
  }
}
