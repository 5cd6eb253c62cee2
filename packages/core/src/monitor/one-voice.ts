import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { controlDirectories } from '../control/instances.js'
import { tryLock } from '../lib/lock-file.js'
import { roomIn } from '../lib/rooms.js'
import type { Decision } from '../model/decision.js'
import { metricInfo } from '../model/metric.js'
import type { Thresholds } from '../model/threshold.js'

/** Milliseconds that a dump speaks for all at least, if the cooldown is shorter. */
const leastSilence = 60_000

/** Milliseconds that this process waits for one that holds more. */
const courtesy = 3000

/** Why this process makes no dump of a reading that others have as well. */
export interface Silence {
  why: string
  /** Another process has made the dump; else the rule may ask again. */
  isTold: boolean
}

export interface OneVoiceParts {
  dir: string
  /** Id of this monitor. */
  own: string
  /** What tells the container of this process from others on all machines; `null` where there is none. */
  container(): string | null
  /** Bytes that a process of this container holds for itself; `null` for any other process. */
  heldBy(pid: number): number | null
  onError(what: string, error: unknown): void
}

/**
 * All processes of a container see the same reading of some metrics, and one of them speaks: the one that holds the most
 * memory, else the first that asks. The rest would write the same dump, and take memory for it. Why: `decisions/379`.
 */
export function createOneVoice({ dir, own, container, heldBy, onError }: OneVoiceParts) {
  const claims = new Map<string, { release(): void }>()
  let waitsSince: number | undefined

  /** The processes of the other monitors in the directory. */
  function others(): number[] {
    const names = controlDirectories(dir).flatMap(room => readdirSync(room))
    return names
      .filter(name => name.endsWith('.json') && name !== `${own}.json`)
      .map(name => Number.parseInt(name, 10))
      .filter(pid => pid > 0)
  }

  /** The process that holds the most, if that is another one. */
  function fullest(pids: number[]): number | undefined {
    const held = pids.flatMap(pid => {
      const bytes = heldBy(pid)
      return bytes === null ? [] : [{ pid, bytes }]
    })
    const ours = heldBy(process.pid) ?? 0
    return held.sort((a, b) => b.bytes - a.bytes).find(({ bytes }) => bytes > ours)?.pid
  }

  /** @param isPolite whether it waits a little for a process that holds more */
  function ask(metric: string, cooldown: number, now: number, isPolite: boolean): Silence | null {
    const where = container()
    const pids = others()
    if (where === null || pids.length === 0) return null
    waitsSince ??= now
    const before = isPolite && now - waitsSince < courtesy ? fullest(pids) : undefined
    if (before !== undefined) return { why: `process ${before} holds more of it, and comes first`, isTold: false }
    waitsSince = undefined
    claims.get(metric)?.release()
    claims.delete(metric)
    const got = tryLock(join(roomIn(dir, '.locks'), `${metric}-${where}`), `a dump of ${metric}`, {
      maxAge: Math.max(cooldown, leastSilence),
    })
    if ('release' in got) {
      claims.set(metric, got)
      return null
    }
    const who = got.holder ? `process ${got.holder.process.pid}` : 'another process'
    return { why: `${who} of this container makes the dump`, isTold: true }
  }

  function release(): void {
    for (const claim of claims.values()) claim.release()
    claims.clear()
  }

  return {
    /** Which of these rules this process is to be silent about. Claims the others for it. */
    silent(firing: readonly Decision[], thresholds: Thresholds, now: number): Map<Decision, Silence> {
      const found = new Map<Decision, Silence>()
      const shared = firing.filter(({ metric }) => metricInfo(metric).ofContainer)
      // With a dump of another metric it speaks anyway.
      const isPolite = shared.length === firing.length
      for (const decision of shared) {
        try {
          const silence = ask(decision.metric, thresholds[decision.metric]?.cooldown ?? 0, now, isPolite)
          if (silence) found.set(decision, silence)
        } catch (error) {
          // One dump too many is better than none.
          onError('agree with other instances on a dump', error)
        }
      }
      return found
    },
    /** No rule fires: a wait for another process is void. */
    calm(): void {
      waitsSince = undefined
    },
    /** The dump that was claimed could not begin, or this process stops. */
    release,
  }
}

export type OneVoice = ReturnType<typeof createOneVoice>
