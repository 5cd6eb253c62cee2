import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { controlDirectories } from '../control/instances.js'
import { isMissing } from '../lib/files.js'
import { type Attempt, tryLock } from '../lib/lock-file.js'
import { identityOf } from '../lib/process-identity.js'
import { roomIn } from '../lib/rooms.js'
import type { CaptureKind } from '../model/capture-kind.js'

/** A request for the host lock for an expensive capture, and its patience. */
export interface TurnRequest {
  kind: CaptureKind
  /** A user asked for it by hand and would rather wait than miss it. */
  manual: boolean
  /** The app is blocked or about to die: the capture runs now or never. */
  atOnce: boolean
  /** Waits, but possibly less: the time may run out. */
  wait(ms: number): Promise<unknown>
  /** For `status`: the current wait. */
  pending(what: string | null): void
}

export interface HostLock {
  /**
   * The host lock to stop the app for a capture: one process of this host at a time. Waits for it, as long as that does
   * no harm to the evidence; `refused` names the current holder.
   */
  take(request: TurnRequest): Promise<{ release(): void } | { refused: string }>
  /**
   * For captures that do not stop the app: they do not all start at the same moment, but each starts soon. Never
   * refused.
   */
  spread(request: TurnRequest): Promise<{ release(): void }>
}

export interface HostLockParts {
  dir: string
  /** Id of this monitor. */
  own: string
  onError(what: string, error: unknown): void
  /** @default Math.random */
  random?: () => number
  /** @default performance.now */
  clock?: () => number
}

/** Milliseconds. A dump of a rule must show its cause, so it cannot wait for long. */
const patience = { rule: 2000, manual: 20_000 }

/** Each process checks again after a random time, so that the waiting ones do not all come at once. */
const lookAgain = { least: 40, most: 200 }

/** Snapshots of the largest permitted heaps take a minute. */
const maxAge = 5 * 60_000

const free = { release() {} }

/** Serialises the captures of a host that would hurt together. Why: `decisions/151`. */
export function createHostLock({
  dir,
  own,
  onError,
  random = Math.random,
  clock = () => performance.now(),
}: HostLockParts): HostLock {
  const { bootId, host } = identityOf()
  // Other hosts may share a volume; their captures take nothing from this host.
  const machine = createHash('sha256')
    .update(bootId ?? host)
    .digest('hex')
    .slice(0, 12)

  /** A cheap check: a process that is alone needs no lock. */
  function isAlone(): boolean {
    try {
      const names = controlDirectories(dir).flatMap(room => readdirSync(room))
      return !names.some(name => name.endsWith('.json') && name !== `${own}.json`)
    } catch (error) {
      if (!isMissing(error)) onError('look for other instances', error)
      return true
    }
  }

  /** A lock that is not available must not cost the evidence. */
  function attempt(name: string, what: string): Attempt {
    try {
      return tryLock(join(roomIn(dir, '.locks'), `${name}-${machine}`), what, { maxAge })
    } catch (error) {
      onError('take turns with other instances', error)
      return free
    }
  }

  const pause = (least: number, most: number) => least + random() * (most - least)

  return {
    async take({ kind, manual, atOnce, wait, pending }) {
      if (isAlone()) return free
      const ends = clock() + (manual ? patience.manual : patience.rule)
      let got = attempt('stop', kind)
      while ('holder' in got && !atOnce) {
        const left = ends - clock()
        if (left <= 0) break
        pending(`its turn: ${busy(got)}`)
        const ms = Math.min(left, pause(lookAgain.least, lookAgain.most))
        const before = clock()
        await wait(ms)
        const isCut = clock() - before < ms / 2
        got = attempt('stop', kind)
        if (isCut) break
      }
      pending(null)
      return 'holder' in got ? { refused: `${busy(got)}, and one process of a host does so at a time` } : got
    },

    async spread({ kind, manual, atOnce, wait, pending }) {
      if (manual || atOnce || isAlone()) return free
      const got = attempt('measure', kind)
      if (!('holder' in got)) return got
      pending(`a moment of its own: ${busy(got)}`)
      await wait(pause(0, patience.rule))
      pending(null)
      return free
    },
  }
}

function busy({ holder }: { holder: { process: { pid: number }; what: string } | null }): string {
  return holder ? `process ${holder.process.pid} is taking ${holder.what}` : 'another process is about to take one'
}

/** The host lock for one capture, as its context has it. `giveBack` releases the lock if it is held. */
export function turnsOfCapture(lock: HostLock, request: TurnRequest) {
  let got: { release(): void }[] = []
  return {
    async turn(): Promise<string | null> {
      const answer = await lock.take(request)
      if ('refused' in answer) return answer.refused
      got.push(answer)
      return null
    },
    async spread(): Promise<void> {
      got.push(await lock.spread(request))
    },
    giveBack(): void {
      for (const { release } of got) release()
      got = []
    },
  }
}
