import { createMember } from '../http/fleet/member.js'
import { monitorToken } from '../http/monitor-token.js'
import { claimDefaultDirectory } from '../lib/default-directory.js'
import { AutodumpError } from '../lib/errors.js'
import { describeLimits, readLimits } from '../lib/limits.js'
import { contained, type Logger, stderrLogger } from '../lib/log.js'
import { ownRegions } from '../lib/own-code.js'
import { keepAlive, within } from '../lib/patience.js'
import { redactError } from '../lib/redaction/text.js'
import { createEvents } from '../link/events.js'
import { createFailures } from '../link/failures.js'
import { openLocalLink } from '../link/local-link.js'
import type { EngineEvent } from '../link/messages.js'
import type { ZeroCode } from '../model/config-source.js'
import type { Manifest } from '../model/manifest.js'
import type { MonitorApi } from '../model/monitor-api.js'
import type { Options } from '../model/options.js'
import type { Status } from '../model/status.js'
import { resolveOptions } from '../options/options.js'
import { scriptOf } from '../options/pm2.js'
import { patchThresholds, thresholdsEtag } from '../options/thresholds-patch.js'
import { adminAuthOf } from './admin-auth.js'
import { createAppSide } from './app-side.js'
import { type Rest, restlessFor, untilAtRest } from './at-rest.js'
import { findAbilities, sayLacking, whyNoThread } from './find-abilities.js'
import { createTold } from './last-status.js'
import { createInFlight, type InFlight } from './mid-block/in-flight/in-flight.js'
import { claimPlace, type RefOptions } from './one-monitor.js'
import { createSupervisor, type Supervisor } from './supervisor.js'
import { isInherited } from './wanted.js'

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
  start(options?: RefOptions): Promise<void>
  /** Cuts a capture in progress short, writes it and leaves nothing behind. The monitor can be started again. */
  stop(options?: RefOptions): Promise<void>
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

const idleThread = { mode: 'monitor-thread', restarts: 0, degraded: null, sampling: false } as const

/** Nobody who asks for something waits longer for the start, in milliseconds. */
const startPatience = 5_000

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
  const member = createMember(scriptOf(process.env, process.argv[1]) || redactError(process.title), options.labels)
  const events = createEvents((event, error) => onError(`a listener of '${event}'`, error))
  const failures = createFailures(({ what, message }) => {
    logger.warn(`autodump: ${what}: ${message}`)
    events.emit('error', new Error(`${what}: ${message}`))
  })
  const onError = failures.note
  const inFlight = createInFlight({ onError, adminPrefix: options.prefix, ...options.requests })

  let thresholds = options.thresholds
  let state: Status['state'] = 'stopped'
  let running: { supervisor: Supervisor; rest: Rest; release(): void } | undefined
  /** Resolves once a start has come so far that there is somebody to ask. */
  let known: Promise<void> = Promise.resolve()
  /** What the process lacks, in words. */
  let lacking = ''
  const told = createTold(options)
  let turn: Promise<unknown> = Promise.resolve()
  /** Stops that wait for their turn. */
  let stops = 0
  /** Somebody has asked for something since the last stop. */
  let isAsked = false

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

  async function start(ref: boolean, isKnown: () => void): Promise<void> {
    if (running) return
    state = 'starting'
    if (!zeroCode) await claimPlace({ ref })
    if (input.dir === undefined) options.dir = claimDefaultDirectory(logger)
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
      interval: options.interval,
      threadless: whyNoThread(),
      monitorThread: options.monitorThread,
      stopLonger: options.bucket?.flush ?? 0,
      engineData: () => ({
        monitorId,
        options,
        thresholds,
        block: app.block.buffer,
        limits,
        ...app.equipment(),
        without: {},
        ownRegions: ownRegions(),
        blackBox: app.blackBox,
        member,
        adminAuth,
        source: zeroCode?.source ?? null,
        inherited: zeroCode !== undefined && isInherited(process.env),
      }),
      async startLocal(data, emit) {
        await rest.come
        const { without, words } = await findAbilities(options.captures, app.equip().profiler)
        lacking = [words, lacking].filter(Boolean).join('; ')
        // biome-ignore lint/style/noRestrictedImports: the one exception, where there can be no monitor thread (decision 001)
        const { startEngine } = await import('../monitor/engine.js')
        const thread = withLacking(data.thread)
        return startEngine(
          // The engine is loaded only now, and has its own part of the bundle.
          { ...data, without, thread, ownRegions: ownRegions() },
          {
            openLink: async () => openLocalLink({ hooks: app.hooks }),
            beforeSample: app.publishNow,
            emit,
          },
        )
      },
      onEvent,
      // It may have been started before the app thread was equipped.
      onUp: () => void supervisor.call('equipped', app.equipment()).catch(() => {}),
      onDown() {
        told.lost()
        app.abandon()
      },
      onError,
      ...(zeroCode && { dormantFor: restlessFor }),
    })
    lacking = sayLacking(options.dir)
    app.start()
    const rest = untilAtRest()
    running = { supervisor, rest, release: app.release }
    isKnown()
    // With no code that could ask for anything the thread is there from the beginning, and asleep: an app that never turns
    // its event loop is to be seen as well.
    const early = zeroCode && supervisor.start()
    await rest.come
    // Stopped before it has begun: nobody needs a thread for that.
    if (stops > 0 && !isAsked && !early) return
    const { profiler, recorder } = app.equip()
    // A thread that dies meanwhile gets it with the next start.
    if (early) supervisor.call('equipped', { profiler, recorder }).catch(() => {})
    await (early ?? supervisor.start())
    state = 'running'
    const { degraded } = withLacking(supervisor.state())
    if (degraded) logger.warn(`autodump: ${degraded}`)
    logger.info(
      `autodump: a sample every ${options.interval} ms, dumps go to ${options.dir}; ${describeLimits(limits)}; CPU profiles by ${profiler}, flight recorder ${recorder.engine ? 'on' : `off: ${recorder.reason}`}`,
    )
  }

  /** One sentence for all that is not as it might be. */
  function withLacking(thread: Status['thread']): Status['thread'] {
    return { ...thread, degraded: [thread.degraded, lacking].filter(Boolean).join('; ') || null }
  }

  async function stop(): Promise<void> {
    isAsked = false
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
  function inTurn(work: () => Promise<void>, ref: boolean): Promise<void> {
    const release = ref ? keepAlive() : () => {}
    const mine = turn.then(work).finally(release)
    turn = mine.catch(() => {})
    return mine
  }

  /** Whoever asks for something while the monitor starts waits for it, and it for nothing more. */
  async function engine(): Promise<Supervisor> {
    isAsked = true
    if (!running)
      await within(startPatience, known, 'the monitor is still starting').catch(error => {
        throw new AutodumpError('STOPPED', error.message, { retryAfter: 1000 })
      })
    if (!running) throw new AutodumpError('STOPPED', 'the monitor is not running')
    running.rest.hurry()
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
      return { state: shown, thread: withLacking(thread), ...told.status(failures) }
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
