import type { LabelledTime } from '../../formats/pprof/split-by-time.js'
import { monotonic } from '../../lib/clock/monotonic.js'
import { AutodumpError } from '../../lib/errors.js'
import type { Manifest } from '../../model/manifest.js'
import type { Service } from '../service.js'
import { blockedSpan } from './blocked-spans.js'
import { createCollector } from './collector.js'
import { createPusher, type Pusher } from './pusher.js'
import type { OutgoingProfile } from './receivers.js'
import { seriesLabels } from './series-labels.js'

/** Milliseconds for the last push of a monitor that stops. */
const farewell = 2000

/** Blocks of one push that keep the ids of their traces. */
const mostSpans = 20

/** Pushes the windows of the flight recorder, and heap profiles, from this thread. */
export const profilePush: Service = async ({ api, data, live, onWindow, logger, report, onError }) => {
  const { options, instance } = data
  const labels = seriesLabels(options.labels, instance.title || 'node')
  const pushers: Pusher[] = options.profiles.push.map(receiver => {
    const name = `${receiver.to} at ${new URL(receiver.url).origin}`
    return createPusher(receiver, labels, {
      onStatus: tell,
      onFailing: why => onError('push profiles', new Error(`${name}: ${why}`)),
      onRecovered: () => logger.info(`autodump: profiles go to ${name} again`),
    })
  })
  // Receivers with one period share the work.
  const periods = [...new Set(pushers.map(({ every }) => every))].map(every => ({
    every,
    to: pushers.filter(pusher => pusher.every === every),
    collector: createCollector(),
    spans: [] as LabelledTime[],
    heapAt: 0,
  }))

  function tell(): void {
    report({ profiles: pushers.map(pusher => pusher.status()) })
  }

  async function heapOf(period: (typeof periods)[number]): Promise<OutgoingProfile[]> {
    if (!options.heapProfile.enabled) return []
    try {
      const { bytes, at } = await live.heap()
      if (at <= period.heapAt) return []
      period.heapAt = at
      return [{ kind: 'heap', bytes }]
    } catch (error) {
      // It is a busy moment, or another tool has the sampler: the next one comes.
      if (!(error instanceof AutodumpError)) onError('take a heap profile to push', error)
      return []
    }
  }

  async function flush(period: (typeof periods)[number], signal?: AbortSignal): Promise<void> {
    const cpu = period.collector.take(period.spans)
    period.spans = []
    const profiles: OutgoingProfile[] = [
      ...(cpu ? [{ kind: 'cpu' as const, bytes: cpu }] : []),
      ...(signal ? [] : await heapOf(period)),
    ]
    const { engine, reason } = data.recorder
    if (!cpu && !engine) for (const pusher of period.to) pusher.idle(`no CPU profiles are recorded: ${reason}`)
    if (profiles.length > 0) await Promise.all(period.to.map(pusher => pusher.push(profiles, signal)))
  }

  const contained = (period: (typeof periods)[number]) => flush(period).catch(error => onError('push profiles', error))

  function onDump(manifest: Manifest): void {
    const span = blockedSpan(manifest, at => (monotonic() - (Date.now() - at)) * 1000)
    if (span) for (const period of periods) if (period.spans.length < mostSpans) period.spans.push(span)
  }

  onWindow(window => {
    for (const { collector } of periods) collector.add(window)
  })
  api.on('dump', onDump)
  const timers = periods.map(period => setInterval(() => void contained(period), period.every).unref())
  tell()
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer)
      api.off('dump', onDump)
      const signal = AbortSignal.timeout(farewell)
      await Promise.all(periods.map(period => flush(period, signal).catch(() => {})))
      for (const pusher of pushers) pusher.close()
    },
  }
}
