import { late, orLate } from '../lib/patience.js'
import { type CaptureKind, type CaptureSwitches, evidenceKind } from '../model/capture-kind.js'
import type { DumpWriter } from '../model/store.js'
import type { Taken } from './dump-manifest.js'
import { replyGrace, type TakeParts, takeKind } from './run-capture.js'

/** The kinds of one dump that are switched on, and those that are not. */
export function kindsOf(
  wanted: CaptureKind[],
  switches: CaptureSwitches,
): { kinds: CaptureKind[]; off: CaptureKind[] } {
  const all = [...new Set(wanted)]
  const kinds = all.filter(kind => switches[kind])
  // The snapshot tells the holders of the heap as well: the app stands still once.
  const isSaid = (kind: CaptureKind) => kind === 'holders' && kinds.includes('heap-snapshot')
  return { kinds: kinds.filter(kind => !isSaid(kind)), off: all.filter(kind => !switches[kind]) }
}

export interface DumpCapturesParts
  extends Omit<TakeParts, 'writer' | 'inOrder' | 'onBegun' | 'onLonger' | 'onRefused'>,
    ReturnType<typeof kindsOf> {
  switches: CaptureSwitches
  isCutShort(): boolean
}

/** The captures of one dump: those that it begins with, and those that join later. */
export interface DumpCaptures {
  has(kind: CaptureKind): boolean
  /** The kinds that were wanted and are switched off. */
  off(): CaptureKind[]
  /** Captures another kind of evidence too, unless it is too late. @param duration milliseconds, if not the dump's */
  also(kind: CaptureKind, duration?: number): void
  /** Runs all captures; resolves with their results when the last one, even of those that joined later, has ended. */
  run(writer: DumpWriter): Promise<Taken[]>
  /** The results of those that have ended within so many milliseconds. */
  soFar(ms: number): Promise<Taken[]>
  /** Whether all have ended: no other joins any more. */
  isOver(): boolean
  /** Resolves when all work has ended, even work that nobody waits for any more. */
  ended(): Promise<unknown>
  /** Milliseconds that abandoned work may still need. */
  graceOfAbandoned(): number
}

export function createDumpCaptures(parts: DumpCapturesParts): DumpCaptures {
  const { progress, cancelled, switches, isCutShort } = parts
  const kinds = new Set(parts.kinds)
  const off = new Set(parts.off)
  const working: Promise<unknown>[] = []
  const taking: { kind: CaptureKind; taken: Promise<Taken> }[] = []
  let grace = replyGrace
  let writer: DumpWriter | undefined
  let over = false

  /** Captures that stop the app begin one after the other, in the order of the dump, after all others have ended. */
  async function inOrder(kind: CaptureKind): Promise<void> {
    await null // All have begun by then.
    const own = taking.findIndex(one => one.kind === kind)
    // The list grows while it is awaited.
    for (const [index, one] of taking.entries())
      if (one.kind !== kind && (!evidenceKind(one.kind).stopsApp || index < own)) await one.taken
    if (isCutShort()) throw new Error('left out, because the monitor was stopped before its turn')
  }

  function take(kind: CaptureKind, writer: DumpWriter, duration = parts.context.duration): void {
    const taken = takeKind(kind, {
      ...parts,
      context: { ...parts.context, duration },
      writer,
      inOrder,
      onBegun(work) {
        working.push(work.catch(() => {}))
      },
      onLonger(ms) {
        grace += ms
      },
      onRefused: instead => also(instead),
    })
    taking.push({ kind, taken })
  }

  function also(kind: CaptureKind, duration?: number): void {
    if (kinds.has(kind) || over || cancelled.aborted) return
    if (!switches[kind]) {
      off.add(kind)
      return
    }
    kinds.add(kind)
    progress.update({ kinds: [...kinds] })
    if (writer) take(kind, writer, duration)
  }

  return {
    has: kind => kinds.has(kind),
    off: () => [...off],
    also,
    async run(open) {
      writer = open
      for (const kind of kinds) take(kind, open)
      const results = []
      // The list grows while it is awaited.
      for (const one of taking) results.push(await one.taken)
      over = true
      return results
    },
    async soFar(ms) {
      const all = await Promise.all(taking.map(({ taken }) => orLate(ms, taken)))
      return all.filter(one => one !== late)
    },
    isOver: () => over,
    ended: () => Promise.all(working),
    graceOfAbandoned: () => grace,
  }
}
