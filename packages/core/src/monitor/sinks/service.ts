import { hostname } from 'node:os'
import { messageOf } from '../../lib/errors.js'
import { redactError } from '../../lib/redaction/text.js'
import { createBlock } from '../../link/block.js'
import type { RecordedWindow } from '../../link/recorded-window.js'
import type { CapturingDump, Manifest } from '../../model/manifest.js'
import type { Sample } from '../../model/sample.js'
import type { Target } from '../outbox/delivery.js'
import { createOutbox } from '../outbox/outbox.js'
import { createQueueClock } from '../outbox/queue-clock.js'
import { openQueueFile } from '../outbox/queue-file.js'
import { startOf } from '../profilers/start-of.js'
import { readWindow } from '../recorder/flight-recorder.js'
import type { Service } from '../service.js'
import { createSinkHost, type QueuedDump, type SinkHost } from './host.js'
import { isOfSink, loadSink } from './load.js'
import { createLossGuard } from './loss-guard.js'
import { sinkCodec } from './queue.js'
import type { SinkWindow } from './sink.js'
import { containUncaught } from './uncaught.js'

const limits = { perSink: 200, age: 7 * 24 * 3600_000 }

/** Milliseconds between two reports: a sink of samples has news each second. */
const reportEvery = 200

/** Milliseconds. A capture that has ended without a dump by then will have none. */
const publishedWithin = 1000

/**
 * Gives finished dumps to the modules of the option `sinks`, and windows and samples to the sinks that want them. A
 * file beside the dumps lists pending deliveries, from the moment that a capture begins. Nothing waits for a sink.
 */
export const sinks: Service = async ({ api, data, store, logger, inAppThread, onWindow, report, onError }) => {
  const { sinks: configured, dir, labels } = data.options
  if (configured.length === 0) return { stop: async () => {} }
  const context = { pid: process.pid, host: hostname(), labels, logger }
  const guard = createLossGuard(createBlock(data.block))
  const stopping = new AbortController()
  const clock = createQueueClock()
  const file = openQueueFile({ codec: sinkCodec, dir, monitorId: data.monitorId, onError, clock })
  let reporting: NodeJS.Timeout | undefined

  const hosts: SinkHost[] = configured.map((sink, index) =>
    createSinkHost({
      configured: sink,
      index,
      load: () => loadSink(sink, context),
      store,
      guard,
      stopping: stopping.signal,
      onChange: tellSoon,
      onError,
    }),
  )
  const targets = hosts.map(
    (host, index): Target<QueuedDump> => ({
      key: keyOf(index, configured),
      name: configured[index]!.module,
      deliver: item => host.deliver(item),
    }),
  )
  const outbox = createOutbox<QueuedDump>({
    targets,
    idOf: ({ dump }) => dump,
    limits: { items: limits.perSink * targets.length, age: limits.age },
    ordered: false,
    stopping,
    save: deliveries => file.write({ deliveries, beside: null }),
    onChange: tellSoon,
    onOutcome: () => {},
    onLost(lost) {
      for (const { target, item } of lost)
        if (!item.held) hosts[targets.findIndex(one => one.key === target)]?.dropped()
    },
    onUnsaved: error => onError('keep the queue of the sinks', error),
    now: clock.now,
  })

  function tell(): void {
    report({ sinks: hosts.map((host, index) => ({ ...host.status(), pending: outbox.queued(targets[index]) })) })
  }

  function tellSoon(): void {
    reporting ??= setTimeout(() => {
      reporting = undefined
      tell()
    }, reportEvery).unref()
  }

  const interested = () => targets.filter((_, index) => hosts[index]?.wantsDumps())

  /** The queued dump that is not published yet. */
  let held: string | null = null

  function forget(id: string): void {
    if (held !== id) return
    held = null
    outbox.drop({ dump: id })
  }

  function onCapture(dump: CapturingDump | null): void {
    if (dump?.id === held) return
    const before = held
    if (dump === null && before !== null) return void setTimeout(forget, publishedWithin, before).unref()
    if (before !== null) forget(before)
    if (dump === null) return
    held = dump.id
    outbox.hold({ dump: dump.id, held: true }, interested())
  }

  function onDump({ id }: Manifest): void {
    if (held === id) held = null
    outbox.send({ dump: id }, interested())
  }

  function onSample(sample: Sample): void {
    for (const host of hosts) host.sample(sample)
  }

  onWindow(window => {
    for (const host of hosts) host.window(windowOf(window))
  })
  api.on('capture', onCapture)
  api.on('dump', onDump)
  api.on('sample', onSample)
  if (!inAppThread) for (const stream of [process.stdout, process.stderr]) mute(stream)
  // In the app thread the streams are the app's.
  const release = inAppThread
    ? () => {}
    : containUncaught((error, stack) => {
        const [only, ...others] = hosts
        const culprit =
          hosts[configured.findIndex(sink => isOfSink(sink, stack))] ?? (others.length === 0 ? only : undefined)
        if (culprit) culprit.blame(redactError(messageOf(error), 500))
        else onError('a sink', error)
      })
  tell()

  const known = new Set(targets.map(({ key }) => key))
  void file
    .adopt(target => known.has(target))
    .then(left => outbox.restore(left.flatMap(({ deliveries }) => deliveries)))
    .catch(error => onError('read the queue of the sinks', error))

  return {
    async stop() {
      api.off('capture', onCapture)
      api.off('dump', onDump)
      api.off('sample', onSample)
      const deliveries = await outbox.stop()
      await Promise.all(hosts.map(host => host.close()))
      await file.leave({ deliveries, beside: null })
      clearTimeout(reporting)
      release()
    },
  }
}

/** Nobody reads this thread's output there, so it would pile up; reading it would keep the process alive. */
function mute(stream: NodeJS.WriteStream): void {
  stream.write = (_: unknown, encoding?: unknown, callback?: unknown) => {
    const done = [encoding, callback].find(one => typeof one === 'function')
    if (done) process.nextTick(done as () => void)
    return true
  }
}

/** The module, since options may hold secrets and change. A second sink of the same module gets its own key. */
function keyOf(index: number, configured: { module: string }[]): string {
  const { module } = configured[index]!
  const nth = configured.slice(0, index).filter(one => one.module === module).length
  return nth === 0 ? module : `${module}#${nth + 1}`
}

function windowOf(window: RecordedWindow): SinkWindow {
  const { engine, startedAt, endedAt } = window
  return {
    engine,
    startedAt: startOf({ startTime: startedAt, endTime: endedAt }),
    duration: (endedAt - startedAt) / 1000,
    profile: () => readWindow(window),
  }
}
