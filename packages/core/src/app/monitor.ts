import { createInstance } from '../http/fleet/own-instance.js'
import { claimDefaultDirectory } from '../lib/default-directory.js'
import { AutodumpError } from '../lib/errors.js'
import { describeLimits } from '../lib/limits.js'
import { contained, type Logger, stderrLogger } from '../lib/log.js'
import { keepAlive, orLate, within } from '../lib/patience.js'
import { redactError } from '../lib/redaction/text.js'
import { createEvents } from '../link/events.js'
import { createFailures } from '../link/failures.js'
import type { EngineEvent } from '../link/messages.js'
import type { ZeroCode } from '../model/config-source.js'
import { forward } from '../model/forward.js'
import type { Manifest } from '../model/manifest.js'
import type { MonitorApi } from '../model/monitor-api.js'
import type { Options } from '../model/options.js'
import type { Status } from '../model/status.js'
import { resolveOptions } from '../options/options.js'
import { ownProgram, scriptOf } from '../options/pm2.js'
import { changeThresholds, thresholdsEtag } from '../options/thresholds-patch.js'
import { adminCode } from './admin-code.js'
import { createLastStatus } from './last-status.js'
import { createInFlight, type InFlight } from './mid-block/in-flight/in-flight.js'
import { claimPlace, type RefOptions } from './one-monitor.js'
import { passOn } from './pass-on.js'
import { beginRun, type Run } from './run.js'
import { untilStarted } from './start-gate.js'
import type { Supervisor } from './supervisor-parts.js'

/** The options of `trigger`; every field is optional. */
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
  /** Begins to sample. Resolves when it does; never rejects: `status()` has the failures. */
  start(options?: RefOptions): Promise<void>
  /** Cuts a capture in progress short, writes it and leaves nothing behind. The monitor can be started again. */
  stop(options?: RefOptions): Promise<void>
  /**
   * Makes a dump now and resolves with its manifest when it is on disk.
   * Rejects with an `AutodumpError`: `INVALID`, `BUSY`, `LIMITED`, `NO_ROOM` or `STOPPED`.
   */
  trigger(request?: TriggerOptions): Promise<Manifest>
  /** For adapters: the requests in flight. */
  readonly requests: Pick<InFlight, 'track' | 'ignore' | 'name' | 'setRouteOf'>
  readonly logger: Logger
}

let lastMonitorId = 0

/** Milliseconds that the start waits for code: an import waits for the thread pool of libuv, which may be full. */
const loadPatience = 1000

const idleThread = { mode: 'monitor-thread', restarts: 0, degraded: null, sampling: false } as const

/**
 * The app thread's side of autodump: publishes figures, offers hooks to the monitor thread, and passes on the events of
 * that thread.
 *
 * @param zeroCode for `--import` alone, where no code of the application awaits or configures the monitor
 * @throws AutodumpError `INVALID` that lists every invalid option
 */
export function createMonitor(input: Options = {}, zeroCode?: ZeroCode): Monitor {
  const options = resolveOptions(input)
  const logger = contained(input.logger ?? stderrLogger)
  const monitorId = ++lastMonitorId
  const instance = createInstance(scriptOf(process.env, process.argv[1]) || redactError(process.title), options.labels)
  const events = createEvents((event, error) => onError(`a listener of '${event}'`, error))
  const failures = createFailures(({ what, message }) => {
    logger.warn(`autodump: ${what}: ${message}`)
    events.emit('error', new Error(`${what}: ${message}`))
  })
  const onError = failures.note
  const inFlight = createInFlight({ onError, adminPrefix: options.prefix, ...options.requests })

  let thresholds = options.thresholds
  let state: Status['state'] = 'stopped'
  let running: Run | undefined
  /** Adds to the state of the thread the lacks of the process at the last start. */
  let withLacking: Run['withLacking'] = thread => thread
  /** Resolves once a start has come so far that there is an engine to ask. */
  let known: Promise<void> = Promise.resolve()
  const lastStatus = createLastStatus(options)
  let turn: Promise<unknown> = Promise.resolve()
  /** Stops that wait for their turn. */
  let stops = 0
  /** A call to the engine has come since the last stop. */
  let isAsked = false

  function onEvent(event: EngineEvent): void {
    lastStatus.hear(event)
    if (event.event === 'thresholds') thresholds = event.thresholds
    passOn(event, { events, logger, zeroCode })
  }

  async function start(ref: boolean, isKnown: () => void): Promise<void> {
    if (running) return
    state = 'starting'
    if (!zeroCode) await claimPlace({ ref })
    if (input.dir === undefined) options.dir = claimDefaultDirectory(logger, ownProgram())
    const run = beginRun({
      monitor,
      monitorId,
      input,
      options,
      instance,
      logger,
      inFlight,
      zeroCode,
      isAwaited: () => !zeroCode && state === 'starting',
      thresholds: () => thresholds,
      onEvent,
      onDown: lastStatus.lost,
      onError,
    })
    running = run
    withLacking = run.withLacking
    const { app, supervisor, rest, limits, areRunsLeft } = run
    isKnown()
    // Zero code starts the thread at once, asleep: an app that never turns its event loop must be watched too.
    const early = (zeroCode || areRunsLeft) && supervisor.start()
    await rest.come
    if (stops === 0 || isAsked) await orLate(loadPatience, adminCode.atRest(onError))
    // Stopped before it has begun: that needs no thread.
    if (stops > 0 && !isAsked && !early) return
    const { profiler, recorder } = app.equip()
    // A thread that dies meanwhile gets it with the next start.
    if (early) supervisor.call('equipped', { profiler, recorder }).catch(() => {})
    await (early || supervisor.start())
    state = 'running'
    const { degraded } = withLacking(supervisor.state())
    if (degraded) logger.warn(`autodump: ${degraded}`)
    logger.info(
      `autodump: a sample every ${options.interval} ms, dumps go to ${options.dir}; ${describeLimits(limits())}; CPU profiles by ${profiler}, flight recorder ${recorder.engine ? 'on' : `off: ${recorder.reason}`}`,
    )
  }

  async function stop(): Promise<void> {
    isAsked = false
    if (!running) return
    state = 'stopping'
    events.emit('stopping')
    const { supervisor, app } = running
    app.stopping()
    await supervisor.stop()
    app.release()
    running = undefined
    lastStatus.forget()
    state = 'stopped'
  }

  /** Runs starts and stops one after the other: two starts make one loop. */
  function inTurn(work: () => Promise<void>, ref: boolean): Promise<void> {
    const release = ref ? keepAlive() : () => {}
    const mine = turn.then(work).finally(release)
    turn = mine.catch(() => {})
    return mine
  }

  /** The engine to ask. While the monitor starts, the caller waits, and the start waits for nothing more. */
  async function engine(): Promise<Supervisor> {
    isAsked = true
    if (!running) await untilStarted(known, true)
    if (!running) throw new AutodumpError('STOPPED', 'the monitor is not running')
    running.rest.hurry()
    return running.supervisor
  }

  const { begin, ...calls } = forward(async (name, ...args) => {
    const { call } = await engine()
    return call(name, ...args) as never
  })

  const monitor: Monitor = {
    options,
    logger,
    requests: inFlight,
    start({ ref = true } = {}) {
      let isKnown = () => {}
      known = new Promise(resolve => {
        isKnown = resolve
      })
      return inTurn(() => start(ref, isKnown), ref).finally(isKnown)
    },
    stop({ ref = true } = {}) {
      stops += 1
      running?.rest.hurry()
      // Its turn is after a start that is slow, and streams would keep a server from closing until then.
      if (state === 'starting') events.emit('stopping')
      return inTurn(async () => {
        stops -= 1
        await stop()
      }, ref)
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
    async started(patience) {
      if (state !== 'starting') return
      void known.then(() => running?.rest.hurry())
      await within(patience, turn).catch(() => {}) // The status says that it is slow.
    },
    status() {
      const { sampling, ...thread } = running?.supervisor.state() ?? idleThread
      const shown = state === 'running' && !sampling ? 'stalled' : state
      return { state: shown, thread: withLacking(thread), ...lastStatus.status(failures) }
    },
    thresholds: () => ({ thresholds, etag: thresholdsEtag(thresholds) }),
    ...calls,
    async updateThresholds(patch, ifMatch) {
      thresholds = running
        ? await running.supervisor.call('updateThresholds', patch, ifMatch)
        : changeThresholds(thresholds, patch, { ifMatch, switches: options.captures })
      return thresholds
    },
    fleet: {
      own: instance,
      others: async () => (running ? running.supervisor.call('otherInstances') : []),
      ask: async (id, request) => (await engine()).call('askInstance', id, request),
    },
    on: events.on,
    off: events.off,
  }
  return monitor
}
