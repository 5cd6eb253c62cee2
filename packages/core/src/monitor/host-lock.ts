import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { controlDirectories } from '../control/instances.js'
import { isMissing } from '../lib/files.js'
import { type Attempt, tryLock } from '../lib/lock-file.js'
import { identityOf } from '../lib/process-identity.js'
import { roomIn } from '../lib/rooms.js'
import type { CaptureKind } from '../model/capture-kind.js'

/** Who wants to take an expensive capture, and how patient he is. */
export interface TurnRequest {
  kind: CaptureKind
  /** Somebody has asked for it by hand and would rather wait than not have it. */
  manual: boolean
  /** The app is blocked or about to die: it is now or never. */
  atOnce: boolean
  /** Waits, but possibly not that long: then there is no more time. */
  wait(ms: number): Promise<unknown>
  /** For `status`: what it is waiting for. */
  pending(what: string | null): void
}

export interface Turns {
  /**
   * The turn to stop the app for a capture: one process of this host at a time. Waits for it, as long as that does no harm
   * to the evidence; `refused` says who has it then.
   */
  take(request: TurnRequest): Promise<{ release(): void } | { refused: string }>
  /** For captures that do not stop the app: not all at the same moment, but everybody gets his own soon. Never refused. */
  spread(request: TurnRequest): Promise<{ release(): void }>
}

export interface TurnsParts {
  dir: string
  /** Id of this monitor. */
  own: string
  onError(what: string, error: unknown): void
  /** @default Math.random */
  random?: () => number
  /** @default performance.now */
  clock?: () => number
}

/** Milliseconds. What came of itself must show what led to it, so it cannot wait for long. */
const patience = { rule: 2000, manual: 20_000 }

/** Everybody looks again after a time of his own, so that those who wait do not come at once. */
const lookAgain = { least: 40, most: 200 }

/** Snapshots of the largest heaps that are let through take a minute. */
const maxAge = 5 * 60_000

const free = { release() {} }

/** The captures of a host, one after the other, as far as they would hurt together. Why: `decisions/151`. */
export function createTurns({
  dir,
  own,
  onError,
  random = Math.random,
  clock = () => performance.now(),
}: TurnsParts): Turns {
  const { bootId, host } = identityOf()
  // A volume may be shared with other hosts, whose captures take nothing from this one.
  const machine = createHash('sha256')
    .update(bootId ?? host)
    .digest('hex')
    .slice(0, 12)

  /** Nearly for nothing: whoever is alone needs no turn. */
  function isAlone(): boolean {
    try {
      const names = controlDirectories(dir).flatMap(room => readdirSync(room))
      return !names.some(name => name.endsWith('.json') && name !== `${own}.json`)
    } catch (error) {
      if (!isMissing(error)) onError('look for siblings', error)
      return true
    }
  }

  /** A lock that cannot be had must not cost the evidence. */
  function attempt(name: string, what: string): Attempt {
    try {
      return tryLock(join(roomIn(dir, '.turns'), `${name}-${machine}`), what, { maxAge })
    } catch (error) {
      onError('take turns with siblings', error)
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

/** The turns of one capture, as its context has them. `giveBack` gives back what it has got, if anything. */
export function turnsOfCapture(turns: Turns, request: TurnRequest) {
  let got: { release(): void }[] = []
  return {
    async turn(): Promise<string | null> {
      const answer = await turns.take(request)
      if ('refused' in answer) return answer.refused
      got.push(answer)
      return null
    },
    async spread(): Promise<void> {
      got.push(await turns.spread(request))
    },
    giveBack(): void {
      for (const { release } of got) release()
      got = []
    },
  }
}
