import { monitorToken } from '../http/monitor-token.js'
import { type Limits, readLimits } from '../lib/limits.js'
import type { Logger } from '../lib/log.js'
import { ownRegions } from '../lib/own-code.js'
import { findCrowded, readContainer } from '../lib/room-for-thread.js'
import { openLocalLink } from '../link/local-link.js'
import type { EngineData, EngineEvent } from '../link/messages.js'
import type { ZeroCode } from '../model/config-source.js'
import type { MonitorApi } from '../model/monitor-api.js'
import type { Options, ResolvedOptions } from '../model/options.js'
import type { Status } from '../model/status.js'
import { adminAuthOf } from './admin-auth.js'
import { createAppSide } from './app-side.js'
import { type Rest, restlessFor, untilAtRest } from './at-rest.js'
import { hasLeftRuns } from './black-box/early-run.js'
import { findAbilities, sayLacking, whyNoThread } from './find-abilities.js'
import type { InFlight } from './mid-block/in-flight/in-flight.js'
import { createSupervisor } from './supervisor.js'
import type { Supervisor } from './supervisor-parts.js'
import { isInherited } from './wanted.js'

export interface RunParts {
  /** For the token of the admin server. */
  monitor: MonitorApi
  monitorId: number
  input: Options
  options: ResolvedOptions
  instance: EngineData['instance']
  logger: Logger
  inFlight: InFlight
  zeroCode: ZeroCode | undefined
  /** Whether the program may be waiting for the monitor to start. */
  isAwaited(): boolean
  /** The thresholds in force. */
  thresholds(): EngineData['thresholds']
  onEvent(event: EngineEvent): void
  /** The monitor thread is gone. */
  onDown(): void
  onError(what: string, error: unknown): void
}

export type AppSide = ReturnType<typeof createAppSide>

/** A monitor from one start to its stop. */
export interface Run {
  app: AppSide
  supervisor: Supervisor
  rest: Rest
  limits(): Limits
  /** Adds the lacks of the process to the reason for a degraded thread. */
  withLacking(thread: Status['thread']): Status['thread']
  /** See `hasLeftRuns`. */
  areRunsLeft: boolean
}

/** Begins to publish figures and waits for the app to come to rest. The supervisor is not started yet. */
export function beginRun(parts: RunParts): Run {
  const { monitorId, input, options, instance, logger, inFlight, zeroCode, onEvent, onError } = parts
  const app = createAppSide({
    monitorId,
    options,
    script: instance.script,
    customMetrics: input.metrics,
    inFlight,
    isAwaited: parts.isAwaited,
    // While the monitor thread is down, the windows are lost.
    onWindow: window => void supervisor.call('recorded', window).catch(() => {}),
    // A thread that was never at work has nothing to hurry with. The first sample comes before its last service is up.
    onEndAsked: () => void (app.block.load('samples') > 0 && supervisor.call('endAsked').catch(() => {})),
    onError,
  })
  // A dozen files, which nobody needs before the app is at rest.
  const limits = once(readLimits)
  const cores = () => limits().cpu.percentOf
  const areRunsLeft = options.blackBox.enabled && hasLeftRuns(options.dir)
  const adminAuth = adminAuthOf(input, reason =>
    monitorToken(parts.monitor, made => logger.info(`autodump: ${reason}; the token of the admin server is ${made}`)),
  )
  /** The lacks of the process, in words. */
  let lacking = sayLacking(options.dir)
  const withLacking = (thread: Status['thread']) => ({
    ...thread,
    degraded: [thread.degraded, lacking].filter(Boolean).join('; ') || null,
  })

  const supervisor = createSupervisor({
    block: app.block,
    interval: options.interval,
    threadless: whyNoThread(),
    findCrowded: looks => findCrowded(readContainer(), looks),
    monitorThread: options.monitorThread,
    stopLonger: options.bucket?.flush ?? 0,
    engineData: () => ({
      monitorId,
      options,
      thresholds: parts.thresholds(),
      block: app.block.buffer,
      limits: limits(),
      ...app.equipment(),
      without: {},
      ownRegions: ownRegions(),
      blackBox: app.blackBox,
      instance,
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
      parts.onDown()
      app.abandon()
    },
    onError,
    ...(zeroCode && !areRunsLeft && { dormantFor: restlessFor(cores()) }),
  })
  app.start()
  const rest = untilAtRest(cores)
  return { app, supervisor, rest, limits, withLacking, areRunsLeft }
}

/** Its result, from the first call on. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
