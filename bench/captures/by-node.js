// The same evidence with what Node itself has, taken by the app in the way the documentation of Node shows.
import { statSync, writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTracing } from 'node:trace_events'
import { writeHeapSnapshot } from 'node:v8'

const session = new Session()
const nothing = async () => {}
const written = (path, note) => ({ bytes: statSync(path).size, diskBytes: statSync(path).size, note })
/** The size of what was written is that of the file: nothing is compressed. */
function write(path, value, note) {
  writeFileSync(path, JSON.stringify(value))
  return written(path, note)
}

const categories = ['node.environment', 'node.http', 'node.net.native', 'node.dns.native', 'node.fs.async']
categories.push('node.fs.sync', 'node.threadpoolwork.async', 'node.threadpoolwork.sync', 'node.perf', 'v8')

const ways = {
  // As --cpu-prof does, for the time of the capture.
  'cpu-profile': {
    prepare: nothing,
    async take({ dir, duration }) {
      session.connect()
      await session.post('Profiler.enable')
      await session.post('Profiler.start')
      await sleep(duration)
      const { profile } = await session.post('Profiler.stop')
      return write(join(dir, 'plain.cpuprofile'), profile, 'Profiler.start, Profiler.stop')
    },
  },
  // As --heap-prof does: it samples from the start and writes once, at the end.
  'heap-profile': {
    async prepare() {
      session.connect()
      await session.post('HeapProfiler.startSampling', { samplingInterval: 512 * 1024 })
    },
    async take({ dir }) {
      const { profile } = await session.post('HeapProfiler.stopSampling')
      return write(join(dir, 'plain.heapprofile'), profile, 'HeapProfiler.stopSampling, once')
    },
  },
  'heap-snapshot': {
    prepare: nothing,
    take: async ({ dir }) => written(writeHeapSnapshot(join(dir, 'plain.heapsnapshot')), 'v8.writeHeapSnapshot'),
  },
  trace: {
    prepare: async ({ dir }) => process.chdir(dir),
    async take({ duration }) {
      const tracing = createTracing({ categories })
      tracing.enable()
      await sleep(duration)
      tracing.disable()
      await sleep(100) // A thread of Node's own is still writing.
      return written('node_trace.1.log', 'trace_events')
    },
  },
  report: {
    prepare: async ({ dir }) => {
      process.report.directory = dir
    },
    take: async ({ dir }) => written(join(dir, process.report.writeReport('plain.json')), 'process.report.writeReport'),
  },
}

/** `undefined` where Node has nothing of the kind. */
export const hasNodeWay = kind => Object.hasOwn(ways, kind)
export const byNode = kind => ways[kind]
