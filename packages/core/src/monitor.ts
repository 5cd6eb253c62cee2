import { isMainThread } from 'node:worker_threads'
import { adminAuthOf } from './admin-server/admin-auth.js'
import { createAsyncStacksHooks } from './async-stacks/app-hooks.js'
import { createAsyncWaitHooks } from './async-wait/app-hooks.js'
import { createBlackBox } from './black-box/app-side.js'
import { reportHooks } from './captures/report.js'
import type { ZeroCode } from './config/companion.js'
import { claimPlace } from './config/one-monitor.js'
import { AutodumpError } from './errors.js'
import { createMember } from './fleet/member.js'
import type { MonitorApi } from './http/monitor-api.js'
import { monitorToken } from './http/monitor-token.js'
import { createInFlight, type InFlight } from './in-flight/in-flight.js'
import { contained, type Logger, stderrLogger } from './log.js'
import { createHeapSampling } from './memory/heap-sampling.js'
import { describeLimits, readLimits } from './metrics/limits.js'
import { createPublisher } from './metrics/publisher.js'
import { type Options, resolveOptions } from './options.js'
import { bestEngine, createProfilerHooks } from './profilers/app-hooks.js'
import { openLocalLink } from './profilers/local-link.js'
import { createAppRecorder } from './recorder/app-recorder.js'
import { patchThresholds, thresholdsEtag } from './rules/thresholds-patch.js'
import type { Manifest } from './store/manifest.js'
import { createBlock } from './thread/block.js'
import { createEvents } from './thread/events.js'
import { createFailures, type Failure, mergeFailures } from './thread/failures.js'
import { type Hooks, registerHooks } from './thread/hooks.js'
import type { EngineEvent } from './thread/messages.js'
import { type EngineStatus, idleStatus, noCompanions } from './thread/report-status.js'
import type { Status } from './thread/status.js'
import { createSupervisor, keepAlive, type Supervisor } from './thread/supervisor.js'

/** What `trigger` is asked for; everything may be left out. */
export interface TriggerOptions {
  /** The kinds of evidence. @default ['cpu-profile', 'requests'] */
  capture?: string[]
  /** How long captures with a duration last, 10 to 300,000 milliseconds. @default cpuProfile.duration */
  duration?: number
  /** Goes into the manifest. @default 'by hand' */
  reason?: string
  /** Name or number of worker threads that called `registerWorker()`: the CPU profile is of them, four at most. */
  worker?: string | number
}

export interface Monitor extends MonitorApi {
  /** Begins to sample. Resolves when it does; never rejects: what does not work is in `status()`. */
  start(): Promise<void>
  /** Cuts a capture in progress short, writes it and leaves nothing behind. The monitor can be started again. */
  stop(): Promise<void>
  /**
   * Makes a dump now and resolves with its manifest when it is on disk.
   * Rejects with an `AutodumpError`: `INVALID`, `BUSY`, `LIMITED`, `NO_ROOM` or `STOPPED`.
   */
  trigger(request?: TriggerOptions): Promise<Manifest>
  /** For adapters: what is known about requests in flight. */
  readonly requests: Pick<InFlight, 'track' | 'ignore' | 'setRouteOf'>
  readonly logger: Logger
}

let lastMonitorId = 0

/**
 * The app thread's side of autodump: publishes figures, offers hooks to the monitor thread, and passes on what that
 * thread says.
 *
 * @param zeroCode for `--import` alone, where nobody in the application awaits or configures the monitor
 * @throws AutodumpError `INVALID` that lists every invalid option
 */
export function createMonitor(input: Options = {}, zeroCode?: ZeroCode): Monitor {
  const options = resolveOptions(input)
  const logger = contained(input.logger ?? stderrLogger)
  const monitorId = ++lastMonitorId
  const member = createMember(process.argv[1] || process.title, options.labels)
  const events = createEvents((event, error) => onError(`a listener of '${event}'`, error))
  const failures = createFailures(({ what, message }) => {
    logger.warn(`autodump: ${what}: ${message}`)
    events.emit('error', new Error(`${what}: ${message}`))
  })
  const onError = failures.note
  const inFlight = createInFlight({ onError, adminPrefix: options.prefix, ...options.requests })

  let thresholds = options.thresholds
  let state: Status['state'] = 'stopped'
  let running: { supervisor: Supervisor; release(): void } | undefined
  let lastStatus: string | undefined
  /** Since then. */
  let newFailures: Failure[] = []
  let reported = noCompanions
  let turn: Promise<unknown> = Promise.resolve()

  function onEvent(event: EngineEvent): void {
    switch (event.event) {
      case 'tick':
        lastStatus = event.status
        newFailures = []
        for (const decision of event.decisions) events.emit('decision', decision)
        if (events.has('sample')) events.emit('sample', JSON.parse(event.status).sample)
        break
      case 'dump':
        logger.info(`autodump: ${event.manifest.id}: ${event.manifest.summary.text}`)
        events.emit('dump', event.manifest)
        break
      case 'thresholds':
        thresholds = event.thresholds
        break
      case 'reconfigure':
        zeroCode?.reconfigure(event.options)
        break
      case 'log':
        logger[event.level](event.message)
        break
      case 'report':
        reported = { ...reported, ...event.part }
        break
      case 'failure':
        newFailures.push(event.failure)
        logger.warn(`autodump: ${event.failure.what}: ${event.failure.message}`)
        events.emit('error', new Error(`${event.failure.what}: ${event.failure.message}`))
    }
  }

  async function start(): Promise<void> {
    if (running) return
    state = 'starting'
    if (!zeroCode) await claimPlace()
    // A worker thread that is terminated with a profile going takes the whole process down (SIGSEGV).
    const profilerEngine = isMainThread ? bestEngine(onError) : null
    const profilers = createProfilerHooks({ onError, engine: profilerEngine })
    const recorder = createAppRecorder({
      ...options.recorder,
      engine: profilerEngine,
      // While the monitor thread is down, the windows are lost.
      onWindow: window => void supervisor.call('recorded', window).catch(() => {}),
      onError,
    })
    const recording = recorder.start()
    const asyncStacks = createAsyncStacksHooks()
    const asyncWait = createAsyncWaitHooks()
    const block = createBlock({ customCount: options.customMetrics.length })
    const heapSampling = createHeapSampling({ ...options.heapProfile, block, onError })
    const hooks: Hooks = {
      ...profilers.hooks,
      ...heapSampling.hooks,
      ...recorder.hooks,
      ...asyncStacks.hooks,
      ...asyncWait.hooks,
      ...reportHooks,
      requests: inFlight.table,
    }
    const publisher = createPublisher({
      block,
      interval: options.interval,
      customMetrics: input.metrics ?? {},
      inFlight: {
        scan() {
          inFlight.follow(block.load('following') === 1)
          return inFlight.scan()
        },
      },
      onError,
    })
    const blackBox = options.blackBox.enabled
      ? createBlackBox({
          dir: options.dir,
          table: limit => inFlight.table(options.captures.requests ? limit : 0),
          onError,
        })
      : null
    const limits = readLimits()
    const adminAuth = adminAuthOf(input, reason =>
      monitorToken(monitor, made => logger.info(`autodump: ${reason}; the token of the admin server is ${made}`)),
    )
    const supervisor = createSupervisor({
      block,
      threadless: isMainThread ? null : 'the app itself runs in a worker thread',
      monitorThread: options.monitorThread,
      engineData: () => ({
        monitorId,
        options,
        thresholds,
        block: block.buffer,
        limits,
        profiler: profilers.engine,
        recorder: recording,
        blackBox: blackBox?.data ?? null,
        member,
        adminAuth,
        source: zeroCode?.source ?? null,
      }),
      async startLocal(data, emit) {
        const { startEngine } = await import('./thread/engine.js')
        return startEngine(data, {
          openLink: async () => openLocalLink({ hooks }),
          beforeSample: publisher.publishNow,
          emit,
        })
      },
      onEvent,
      onDown() {
        reported = noCompanions
        profilers.abandon()
      },
      onError,
      mayExitWhileStarting: zeroCode !== undefined,
    })
    const unregister = registerHooks(monitorId, hooks)
    heapSampling.start()
    inFlight.start()
    publisher.start()
    blackBox?.start()
    running = {
      supervisor,
      release() {
        blackBox?.stop()
        publisher.stop()
        heapSampling.stop()
        inFlight.stop()
        unregister()
        asyncStacks.dispose()
        asyncWait.dispose()
        profilers.dispose()
        recorder.stop()
      },
    }
    await supervisor.start()
    state = 'running'
    const { degraded } = supervisor.state()
    if (degraded) logger.warn(`autodump: ${degraded}`)
    logger.info(
      `autodump: a sample every ${options.interval} ms, dumps go to ${options.dir}; ${describeLimits(limits)}; CPU profiles by ${profilers.engine}, flight recorder ${recording.engine ? 'on' : `off: ${recording.reason}`}`,
    )
  }

  async function stop(): Promise<void> {
    if (!running) return
    state = 'stopping'
    events.emit('stopping')
    const { supervisor, release } = running
    await supervisor.stop()
    release()
    running = undefined
    lastStatus = undefined
    newFailures = []
    reported = noCompanions
    state = 'stopped'
  }

  /** One after the other, however they are called: two starts make one loop. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }

  function engine(): Supervisor {
    if (!running) throw new AutodumpError('STOPPED', 'the monitor is not running')
    return running.supervisor
  }

  async function begin(request: unknown) {
    const { call } = engine()
    const id = await call('begin', request)
    const done = call('settled', id)
    done.catch(() => {}) // Whoever does not wait for the end need not hear of its failure here.
    return { id, done }
  }

  const monitor: Monitor = {
    options,
    logger,
    requests: inFlight,
    start: () => inTurn(start),
    stop: () => inTurn(stop),
    async trigger(request = {}) {
      const release = keepAlive()
      try {
        return await (await begin(request)).done
      } finally {
        release()
      }
    },
    begin,
    status() {
      const known: EngineStatus = lastStatus ? JSON.parse(lastStatus) : idleStatus(options)
      const thread = running?.supervisor.state() ?? { mode: 'monitor-thread', restarts: 0, degraded: null }
      return { state, thread, ...known, ...reported, errors: mergeFailures(known.errors, newFailures, failures.list()) }
    },
    thresholds: () => ({ thresholds, etag: thresholdsEtag(thresholds) }),
    async updateThresholds(patch, ifMatch) {
      if (running) await running.supervisor.call('updateThresholds', patch, ifMatch)
      else if (ifMatch !== undefined && ifMatch !== thresholdsEtag(thresholds))
        throw new AutodumpError('STALE', 'the thresholds were changed since they were read')
      else thresholds = patchThresholds(thresholds, patch, options.captures)
      return thresholds
    },
    list: async query => engine().call('list', query),
    manifest: async id => engine().call('manifest', id),
    artifact: async (id, file) => engine().call('artifact', id, file),
    pprof: async (id, file) => engine().call('pprof', id, file),
    remove: async id => engine().call('remove', id),
    fleet: {
      own: member,
      others: async () => (running ? running.supervisor.call('siblings') : []),
      ask: async (id, request) => engine().call('askSibling', id, request),
    },
    on: events.on,
    off: events.off,
  }
  return monitor
}
