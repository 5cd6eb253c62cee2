import { createMonitor } from '@autodump/core'

const quiet = { info() {}, warn() {}, error: console.error }
const builtIn = ['cpu', 'rss', 'heap', 'eventLoopDelay', 'eventLoopUtilization', 'inFlight', 'gc', 'handles']

/**
 * The kind as a rule would have it taken, with the default limits; or, `lifted`, by hand and with no limit on the heap.
 * The limits that keep the machine from running out of memory stay.
 */
export async function byAutodump(kind, { dir, lifted, redact }) {
  let alarm = 0
  let monitor
  return {
    async prepare({ duration }) {
      monitor = createMonitor({
        dir,
        auth: false,
        logger: quiet,
        metrics: { alarm: () => alarm },
        thresholds: {
          ...Object.fromEntries(builtIn.map(metric => [metric, { enabled: false }])),
          alarm: { min: 0, watermark: 50, spike: null, capture: [kind] },
        },
        cpuProfile: { duration },
        heapSnapshot: { redact, ...(lifted && { maxHeapBytes: 64 * 1024 ** 3 }) },
      })
      await monitor.start()
    },
    async take({ duration }) {
      const began = performance.now()
      let manifest
      if (lifted) manifest = await monitor.trigger({ capture: [kind], duration })
      else {
        const dumped = new Promise(resolve => monitor.on('dump', resolve))
        alarm = 100
        manifest = await dumped
      }
      const wallMs = lifted ? performance.now() - began : Date.now() - Date.parse(manifest.createdAt)
      const whole = manifest.artifacts.filter(({ state }) => state === 'complete')
      const refused = manifest.artifacts.find(artifact => artifact.kind === kind && artifact.state === 'failed')
      const instead = whole.find(artifact => artifact.kind !== kind)
      const sum = field => whole.reduce((total, artifact) => total + (artifact[field] ?? 0), 0)
      const engines = [...new Set(whole.map(({ engine }) => engine).filter(Boolean))].join(', ')
      return {
        wallMs,
        ownMs: whole.some(({ pauseMs }) => pauseMs !== undefined) ? sum('pauseMs') : undefined,
        bytes: sum('bytes'),
        diskBytes: sum('storedBytes'),
        note: refused ? `${instead ? `${instead.kind} instead: ` : 'failed: '}${refused.error}` : engines,
      }
    },
  }
}
