import { monotonic } from '../../lib/clock/monotonic.js'
import type { CapturingDump } from '../../model/manifest.js'
import type { BucketStatus } from '../../model/status.js'
import { type UploadTarget, uploadTargetOf } from '../../model/upload-target.js'
import type { OpenBucket } from '../../object-store/open-store.js'
import { dumpPid } from '../../store/dump-id.js'
import type { UploadMarks } from '../../store/upload-marks.js'
import type { RunningService, Service, ServiceContext } from '../service.js'
import { abortable } from './abortable.js'
import { describer } from './describer.js'
import { createEarly } from './early.js'
import { createLastLook } from './last-look.js'
import { createLegacy } from './legacy.js'
import { markDeadLater } from './mark-dead.js'
import { openConfigured, unopened } from './open.js'
import { createTimer } from './timer.js'
import { createDumpUpload } from './upload-dump.js'
import { createUploadQueue, uploading } from './upload-queue.js'
import type { UploadState } from './upload-state.js'
import { createWaiting, sayElsewhere } from './waiting.js'
import { withdraw } from './withdraw.js'

/** Milliseconds until the service checks the early uploads of a dead process: its crash dump is written meanwhile. */
const looksAfter = 20_000

/** Milliseconds between two looks whether it is known how a process ended. */
const looksEvery = 2000

/** Uploads each finished dump from this thread, and first manifests of unfinished ones. */
export const bucket: Service = async context => {
  const { data, uploads, report, onError } = context
  const options = data.options.bucket
  const target = uploadTargetOf(data.options, data.instance.title)
  if (!options || !target || !uploads) return { stop: async () => {} }
  try {
    // Two stores, since one puts one object at a time: a first manifest must not wait for a large dump.
    const [main, ahead] = [await openConfigured(options), await openConfigured(options)]
    return start(context, { marks: uploads, target, main, ahead })
  } catch (error) {
    report({ bucket: await unopened(context, { marks: uploads, target, error }) })
    onError('open the bucket', error)
    return { stop: async () => {} }
  }
}

interface Opened {
  marks: UploadMarks
  target: UploadTarget
  main: OpenBucket
  ahead: OpenBucket
}

function start(context: ServiceContext, { marks, target, main, ahead }: Opened): RunningService {
  const { api, data, store: dumps, report, logger, onError, onMended, onRetuned, onEndAsked } = context
  const options = data.options.bucket as NonNullable<typeof data.options.bucket>
  const { dir } = data.options
  const common = {
    ...{ prefix: main.prefix, dir, marks, kinds: options.kinds, maxBytes: options.maxBytes },
    program: target.service,
    onError,
  }
  const [store, aheadStore] = [abortable(main.store), abortable(ahead.store)]
  const upload = createDumpUpload({ ...common, store })
  const early = createEarly({
    ...{ ...common, store: aheadStore, describe: describer(api, data) },
    onSent(id, url) {
      sent(id, url)
      queue.earlySent(id)
    },
    onStoreError: (id, error) => queue.earlyFailed(id, error),
  })
  const beganAt = monotonic()
  let status: BucketStatus | undefined
  let newest: BucketStatus['newest']

  function tell(news: BucketStatus): void {
    status = news
    report({ bucket: { ...news, ...(newest && { newest }) } })
  }

  /** A manifest of this process is in the bucket. */
  function sent(id: string, url: string): void {
    newest = { id, url }
    if (status) tell(status)
  }

  /** Dumps in the bucket whose mark could not be written. */
  const unmarked = new Map<string, string>()
  /** The dump in progress, and how much of it is finished. */
  let capturing: { id: string; done: number; firstSummary: unknown } | undefined

  const waits = createWaiting({
    ...{ dumps, marks, dir, target, place: store.place, prefix: main.prefix },
    isInProgress: id => !withdrawn.has(id) && (id === capturing?.id || id === lastLook.current()),
    async isSettled(id, state) {
      if (withdrawn.has(id) || (await fateOf(id, state)) !== 'wait') return true
      soon.begin()
      return false
    },
  })

  const fateOf = createLegacy({
    ...{ dir, dumps, marks },
    ownRun: data.blackBox?.run ?? null,
    mayCome: () => monotonic() - beganAt <= looksAfter,
  })

  async function waiting(): Promise<string[]> {
    await marks.refresh()
    for (const [id, at] of unmarked) await noteUploaded(id, at)
    return (await waits.ids()).filter(id => !unmarked.has(id))
  }

  async function noteUploaded(id: string, at: string): Promise<void> {
    unmarked.set(id, at)
    try {
      const url = await upload.noteUploaded(id, at)
      if (url && dumpPid(id) === process.pid) sent(id, url)
    } catch (error) {
      onError('mark an upload', error)
      if (!marks.isUploaded(id)) return
    }
    unmarked.delete(id)
  }

  async function uploadOne(id: string, signal: AbortSignal) {
    const lock = marks.lock(id)
    if (!('release' in lock)) return 'busy'
    try {
      // Another process may have been quicker.
      await marks.refresh()
      if (marks.isUploaded(id)) return 'gone'
      await early.end(id, signal)
      if (waits.isLeftover(id)) return await endEarly(id, signal)
      const outcome = await upload.upload(id, signal)
      if (outcome === 'uploaded') await noteUploaded(id, new Date().toISOString())
      return outcome
    } finally {
      lock.release()
    }
  }

  const withdrawn = new Set<string>()

  /** Removes what was not needed, or of which the dump of a crash says it all. Otherwise it is the only trace. */
  async function endEarly(id: string, signal: AbortSignal): Promise<'gone'> {
    const state = ((await marks.read(id)) ?? {}) as Partial<UploadState>
    if (!withdrawn.has(id) && (await fateOf(id, state)) === 'keep') return upload.abandon(id, signal)
    await withdraw(store, state, signal)
    await marks.forget(id)
    withdrawn.delete(id)
    return 'gone'
  }

  const queue = createUploadQueue({
    place: store.place,
    waiting,
    isLeftover: waits.isLeftover,
    upload: uploadOne,
    onRest() {
      store.close()
    },
    onStatus: tell,
    onError,
    onRecovered() {
      onMended(uploading)
      logger.info(`autodump: uploads to ${store.place} work again`)
    },
    now: monotonic,
    wallClock: Date.now,
    after(ms, work) {
      const timer = setTimeout(work, ms).unref()
      return () => clearTimeout(timer)
    },
  })

  const soon = createTimer(looksEvery, queue.wake)

  const lastLook = createLastLook({
    early,
    pid: process.pid,
    status: api.status,
    now: monotonic,
    wallClock: Date.now,
    withdraw(id) {
      withdrawn.add(id)
      queue.wake()
    },
  })

  function onCapture(dump: CapturingDump | null): void {
    if (dump) {
      const { id, done, firstSummary } = dump
      const isNews = id !== capturing?.id || done.length !== capturing.done || firstSummary !== capturing.firstSummary
      capturing = { id, done: done.length, firstSummary }
      if (isNews && !queue.isFailing()) early.send(dump)
      return
    }
    capturing = undefined
    void early.settle().then(queue.wake)
  }

  async function tellElsewhere(): Promise<void> {
    for (const line of sayElsewhere(await waits.elsewhere(Date.now()), target.service, dir))
      logger.warn(`autodump: ${line}`)
  }

  const onDump = () => queue.wake()

  const onSample = () => {
    if (!queue.isFailing()) lastLook.look()
  }

  api.on('capture', onCapture)
  api.on('dump', onDump)
  api.on('sample', onSample)
  // A sign that somebody is at work: the refusal of the store may be mended.
  onRetuned(queue.retry)
  onEndAsked(() => {
    lastLook.endAsked()
    queue.hurry()
  })
  queue.wake()
  void tellElsewhere().catch(() => {})
  const stopTidying = markDeadLater(looksAfter, {
    store: aheadStore,
    prefix: ahead.prefix,
    service: target.service,
    requestsPerHour: options.requestsPerHour,
    isOurs: id => marks.all('uploading').includes(id) || marks.isUploaded(id),
    wallClock: Date.now,
  })
  return {
    async stop() {
      stopTidying()
      soon.stop()
      api.off('capture', onCapture)
      api.off('dump', onDump)
      api.off('sample', onSample)
      const look = lastLook.current()
      if (look) withdrawn.add(look)
      await queue.stop(options.flush)
      early.stop()
      await early.settle()
      store.close()
      aheadStore.close()
    },
  }
}
