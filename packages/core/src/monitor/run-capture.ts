import { messageOf } from '../lib/errors.js'
import { type CaptureKind, evidenceKind } from '../model/capture-kind.js'
import type { Evidence } from '../model/evidence.js'
import type { ArtifactEntry } from '../model/manifest.js'
import type { DumpWriter } from '../model/store.js'
import { ruleOf } from '../rules/table.js'
import { isDying, sayUnaffordable } from './captures/affordable-pause.js'
import { type CaptureContext, CaptureRefused } from './captures/capture.js'
import { captures } from './captures/index.js'
import { readChildWait, readNativeCall } from './captures/native-call.js'
import type { Countdown } from './countdown.js'
import { createDeadline, Late } from './deadline.js'
import type { Taken } from './dump-manifest.js'
import { type HostLock, turnsOfCapture } from './host-lock.js'
import type { Progress } from './progress.js'
import { createRejection } from './rejection.js'
import type { StuckWatch } from './stuck-watch.js'

/**
 * Milliseconds that the app thread may take to answer beyond the capture's own duration: a native call can delay it. A
 * supervisor kills the process after a minute or so, and the dump should be on disk before.
 */
export const replyGrace = 30_000

/**
 * Milliseconds. If the app thread stays in one system call for this long without running, no reply is awaited any more.
 */
const stuckGrace = 8000

/** The parts that the captures of a dump share. */
export interface TakeParts {
  context: Omit<CaptureContext, 'pending' | 'turn' | 'spread' | 'mayTake' | 'keep'>
  writer: DumpWriter
  progress: Progress
  hostLock: HostLock
  wait: Countdown['wait']
  /**
   * Resolves when no capture runs any more that comes before a kind that stops the app; throws if no such kind may run.
   */
  inOrder(kind: CaptureKind): Promise<void>
  /** Milliseconds that the kind should take. */
  expectedMs(kind: CaptureKind): number
  isUrgent(): boolean
  whileStuck: StuckWatch['whileStuck']
  /** Aborted when the dump is: then no capture that stops the app begins any more. */
  cancelled: AbortSignal
  /** Rejects when the capture must not be awaited any more. */
  givenUp(kind: CaptureKind): Promise<never>
  /** The capture itself has begun. It may continue when nobody waits for it any more. */
  onBegun(work: Promise<unknown>): void
  /** It may take this much longer, in milliseconds. */
  onLonger(ms: number): void
  /** It was refused; `instead` replaces it. */
  onRefused(instead: CaptureKind): void
  /** A piece is kept while the capture goes on. */
  onKept(kind: CaptureKind, piece: Evidence): void
  onTaken(entries: ArtifactEntry[]): void
  onError(what: string, error: unknown): void
}

/**
 * Captures one kind of evidence, from the app thread to the disk. Never rejects: a failure becomes an artifact that
 * says so.
 */
export async function takeKind(kind: CaptureKind, parts: TakeParts): Promise<Taken> {
  const { context, writer, progress, cancelled, onError } = parts
  const waiter = progress.waiter()
  const pending = waiter.set
  const { turn, spread, giveBack } = turnsOfCapture(parts.hostLock, {
    kind,
    manual: context.trigger.rule === 'manual',
    atOnce: context.blockedFor > 0 || parts.isUrgent(),
    wait: parts.wait,
    pending,
  })
  const deadline = createDeadline(context.duration + replyGrace, waiter.waitsFor)
  const stuck = createRejection()
  const watched = parts.whileStuck(({ call, ms }) => {
    const missing = waiter.waitsFor()
    if (missing !== null && ms >= stuckGrace && !deadline.isPaused())
      stuck.reject(new Error(`no ${missing}: for ${Math.round(ms)} ms the app thread is in ${call}`))
  })
  const unlessCancelled = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work
    cancelled.throwIfAborted()
    return result
  }
  const begin = () => progress.taking(kind, parts.expectedMs(kind))
  const kept: { piece: Evidence; entry: Promise<ArtifactEntry> }[] = []

  let isOver = false

  async function write(piece: Evidence): Promise<ArtifactEntry> {
    const entry = await writer.add(piece.kind ?? kind, piece)
    if (!cancelled.aborted && !isOver) progress.finished([entry])
    return entry
  }
  async function add(evidence: Evidence[]): Promise<ArtifactEntry[]> {
    const entries: ArtifactEntry[] = []
    for (const piece of evidence) entries.push(await write(piece))
    return entries
  }
  /** Kept evidence comes first, except recorded evidence: that follows the evidence it led to. */
  async function settled(more: Evidence[], entries: ArtifactEntry[]): Promise<Taken> {
    const all = await Promise.all(kept.map(async ({ piece, entry }) => ({ piece, entry: await entry })))
    // `done` lists finished kinds.
    if (!cancelled.aborted && all.length > 0) progress.finished(all.map(({ entry }) => entry))
    const [before, during] = [all.filter(isBefore), all.filter(one => !isBefore(one))]
    return {
      kind,
      evidence: [...during.map(({ piece }) => piece), ...more, ...before.map(({ piece }) => piece)],
      entries: [...during.map(({ entry }) => entry), ...entries, ...before.map(({ entry }) => entry)],
    }
  }
  let taken: Promise<Evidence[]> | undefined
  try {
    refuseUnaffordable(kind, context, parts.isUrgent())
    if (!evidenceKind(kind).stopsApp) begin()
    taken = captures[kind].take({
      ...context,
      pending,
      keep(piece) {
        // An abandoned capture may still find something.
        if (isOver) return
        kept.push({ piece, entry: writer.add(piece.kind ?? kind, piece) })
        parts.onKept(piece.kind ?? kind, piece)
      },
      async turn() {
        const refused = await deadline.uncounted(unlessCancelled(parts.inOrder(kind).then(turn)))
        if (!refused) begin()
        return refused
      },
      spread: () => unlessCancelled(spread()),
      mayTake(ms) {
        cancelled.throwIfAborted()
        parts.onLonger(ms)
        deadline.putOff(ms)
      },
    })
    // A closed writer accepts nothing more, and tells a stream that nobody wants it.
    parts.onBegun(taken.then(evidence => (cancelled.aborted ? add(evidence) : undefined)))
    const evidence = await Promise.race([deadline.within(taken), parts.givenUp(kind), stuck.promise])
    const all = await settled(evidence, await add(evidence))
    if (!cancelled.aborted) parts.onTaken(all.entries)
    return all
  } catch (cause) {
    const error = cause instanceof Late ? withNativeCall(cause) : cause
    if (error instanceof CaptureRefused) {
      if (error.instead) parts.onRefused(error.instead)
    } else if (!cancelled.aborted) onError(`capture ${kind}`, error)
    const entries = [failedEntry(kind, error)]
    if (!cancelled.aborted) progress.finished(entries)
    return settled([], entries)
  } finally {
    isOver = true
    watched()
    progress.over(kind)
    pending(null)
    // An abandoned capture may still hold the app up.
    taken?.then(giveBack, giveBack)
  }
}

/**
 * A pause costs streams most. The one kind that has a cheaper way takes it by itself.
 *
 * @throws CaptureRefused
 */
function refuseUnaffordable(kind: CaptureKind, context: TakeParts['context'], urgent: boolean): void {
  const { trigger, expectedPause } = context
  if (kind === 'async-stacks' || trigger.rule === 'manual' || isDying(trigger, urgent)) return
  const pause = expectedPause(kind)
  const { ms, why } = context.affordablePause(ruleOf(trigger.rule)?.isEarly)
  if (pause === null || pause <= ms) return
  throw new CaptureRefused(sayUnaffordable(pause, { ms, why }), kind === 'heap-snapshot' ? 'heap-profile' : null)
}

const isBefore = ({ piece }: { piece: Evidence }) => piece.phase === 'before'

/** An app thread that answers nothing is mostly in a native call, and the kernel knows which one. */
function withNativeCall(late: Late): Error {
  const call = readNativeCall() ?? readChildWait()
  return call === null ? late : new Error(`${late.message}: the app thread is in ${call}`)
}

function failedEntry(kind: CaptureKind, error: unknown): ArtifactEntry {
  return {
    file: '',
    kind,
    phase: 'during',
    bytes: 0,
    sha256: '',
    storedBytes: 0,
    state: 'failed',
    error: messageOf(error),
  }
}
