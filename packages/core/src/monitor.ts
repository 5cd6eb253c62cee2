import { isMainThread } from 'node:worker_threads'
import { adminAuthOf } from './admin-server/admin-auth.js'
import { createAppSide } from './app-side.js'
import type { ZeroCode } from './config/companion.js'
import { claimPlace } from './config/one-monitor.js'
import { AutodumpError } from './errors.js'
import { createMember } from './fleet/member.js'
import type { MonitorApi } from './http/monitor-api.js'
import { monitorToken } from './http/monitor-token.js'
import { createInFlight, type InFlight } from './in-flight/in-flight.js'
import { contained, type Logger, stderrLogger } from './log.js'
import { describeLimits, readLimits } from './metrics/limits.js'
import { type Options, resolveOptions } from './options.js'
import { openLocalLink } from './profilers/local-link.js'
import { patchThresholds, thresholdsEtag } from './rules/thresholds-patch.js'
import type { Manifest } from './store/manifest.js'
import { createEvents } from './thread/events.js'
import { createFailures } from './thread/failures.js'
import type { EngineEvent } from './thread/messages.js'
import type { Status } from './thread/status.js'
import { createSupervisor, keepAlive, type Supervisor } from './thread/supervisor.js'
import { createTold } from './thread/told.js'

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
  readonly requests: Pick<InFlight, 'track' | 'ignore' | 'name' | 'setRouteOf'>
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
  const told = createTold(options)
  let turn: Promise<unknown> = Promise.resolve()

  function onEvent(event: EngineEvent): void {
    told.hear(event)
    switch (event.event) {
      case 'tick':
        for (const decision of event.decisions) events.emit('decision', decision)
        if (events.has('sample')) events.emit('sample', JSON.parse(event.status).sample)
        break
      case 'dump':
        logger.info(`autodump: ${event.manifest.id}: ${event.manifest.summary.text}`)
        events.emit('dump', event.manifest)
        break
      case 'capture':
        events.emit('capture', event.dump)
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
      case 'failure':
        logger.warn(`autodump: ${event.failure.what}: ${event.failure.message}`)
        events.emit('error', new Error(`${event.failure.what}: ${event.failure.message}`))
    }
  }

  async function start(): Promise<void> {
    if (running) return
    state = 'starting'
    if (!zeroCode) await claimPlace()
    const app = createAppSide({
      monitorId,
      options,
      customMetrics: input.metrics,
      inFlight,
      // While the monitor thread is down, the windows are lost.
      onWindow: window => void supervisor.call('recorded', window).catch(() => {}),
      onError,
    })
    const limits = readLimits()
    const adminAuth = adminAuthOf(input, reason =>
      monitorToken(monitor, made => logger.info(`autodump: ${reason}; the token of the admin server is ${made}`)),
    )
    const supervisor = createSupervisor({
      block: app.block,
      threadless: isMainThread ? null : 'the app itself runs in a worker thread',
      monitorThread: options.monitorThread,
      engineData: () => ({
        monitorId,
        options,
        thresholds,
        block: app.block.buffer,
        limits,
        profiler: app.profiler,
        recorder: app.recording,
        blackBox: app.blackBox,
        member,
        adminAuth,
        source: zeroCode?.source ?? null,
      }),
      async startLocal(data, emit) {
        const { startEngine } = await import('./thread/engine.js')
        return startEngine(data, {
          openLink: async () => openLocalLink({ hooks: app.hooks }),
          beforeSample: app.publishNow,
          emit,
        })
      },
      onEvent,
      onDown() {
        told.lost()
        app.abandon()
      },
      onError,
      mayExitWhileStarting: zeroCode !== undefined,
    })
    app.start()
    running = { supervisor, release: app.release }
    await supervisor.start()
    state = 'running'
    const { degraded } = supervisor.state()
    if (degraded) logger.warn(`autodump: ${degraded}`)
    logger.info(
      `autodump: a sample every ${options.interval} ms, dumps go to ${options.dir}; ${describeLimits(limits)}; CPU profiles by ${app.profiler}, flight recorder ${app.recording.engine ? 'on' : `off: ${app.recording.reason}`}`,
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
    told.forget()
    state = 'stopped'
  }

  /** One after the other, however they are called: two starts make one loop. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }

  /** Nobody waits for the start of the monitor but who asks it for something. */
  async function engine(): Promise<Supervisor> {
    if (!running) await turn
    if (!running) throw new AutodumpError('STOPPED', 'the monitor is not running')
    return running.supervisor
  }

  async function begin(request: unknown) {
    const { call } = await engine()
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
    stop() {
      // Its turn is after a start that is slow, and streams would keep a server from closing until then.
      if (state === 'starting') events.emit('stopping')
      return inTurn(stop)
    },
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
      const thread = running?.supervisor.state() ?? { mode: 'monitor-thread', restarts: 0, degraded: null }
      return { state, thread, ...told.status(failures.list()) }
    },
    thresholds: () => ({ thresholds, etag: thresholdsEtag(thresholds) }),
    async updateThresholds(patch, ifMatch) {
      if (running) await running.supervisor.call('updateThresholds', patch, ifMatch)
      else if (ifMatch !== undefined && ifMatch !== thresholdsEtag(thresholds))
        throw new AutodumpError('STALE', 'the thresholds were changed since they were read')
      else thresholds = patchThresholds(thresholds, patch, options.captures)
      return thresholds
    },
    cancel: async id => (await engine()).call('cancel', id),
    captures: async () => (await engine()).call('captures'),
    samplesJson: async (since = 0) => (await engine()).call('samplesJson', since),
    list: async query => (await engine()).call('list', query),
    manifest: async id => (await engine()).call('manifest', id),
    artifact: async (id, file) => (await engine()).call('artifact', id, file),
    pprof: async (id, file) => (await engine()).call('pprof', id, file),
    remove: async id => (await engine()).call('remove', id),
    setPinned: async (id, pinned) => (await engine()).call('setPinned', id, pinned),
    fleet: {
      own: member,
      others: async () => (running ? running.supervisor.call('siblings') : []),
      ask: async (id, request) => (await engine()).call('askSibling', id, request),
    },
    on: events.on,
    off: events.off,
  }
  return monitor
}
