import { type CaptureContext, type CaptureKind, CaptureRefused, type Evidence } from '../captures/capture.js'
import { captures } from '../captures/index.js'
import { messageOf } from '../errors.js'
import { type Turns, turnsOfCapture } from '../fleet/turns.js'
import type { ArtifactEntry } from '../store/manifest.js'
import type { DumpWriter } from '../store/store.js'
import type { Countdown } from './countdown.js'
import { createDeadline } from './deadline.js'
import type { Taken } from './dump-manifest.js'
import type { Progress } from './progress.js'

/** How long the app thread may take to answer beyond the capture's own duration: a native call can hold it up. */
export const replyGrace = 60_000

/** What the captures of a dump have in common. */
export interface TakeParts {
  context: Omit<CaptureContext, 'pending' | 'turn' | 'spread' | 'mayTake'>
  writer: DumpWriter
  progress: Progress
  turns: Turns
  wait: Countdown['wait']
  isUrgent(): boolean
  /** Aborted when the dump is: then nothing that stops the app begins any more. */
  cancelled: AbortSignal
  /** Rejects when it is not to be waited for any more. */
  givenUp(kind: CaptureKind): Promise<never>
  /** The capture itself has begun. It may go on when nobody waits for it any more. */
  onBegun(kind: CaptureKind, work: Promise<unknown>): void
  /** It may take so much longer, in milliseconds. */
  onLonger(ms: number): void
  /** It was refused; `instead` is to be taken in its place. */
  onRefused(instead: CaptureKind): void
  onTaken(entries: ArtifactEntry[]): void
  onError(what: string, error: unknown): void
}

/** One kind of evidence, from the app thread to the disk. Never rejects: what fails becomes an artifact that says so. */
export async function takeKind(kind: CaptureKind, parts: TakeParts): Promise<Taken> {
  const { context, writer, progress, cancelled, onError } = parts
  const waiter = progress.waiter()
  const pending = waiter.set
  const { turn, spread, giveBack } = turnsOfCapture(parts.turns, {
    kind,
    manual: context.trigger.rule === 'manual',
    atOnce: context.blockedFor > 0 || parts.isUrgent(),
    wait: parts.wait,
    pending,
  })
  const deadline = createDeadline(context.duration + replyGrace, waiter.waitsFor)
  const unlessCancelled = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work
    cancelled.throwIfAborted()
    return result
  }
  const add = async (evidence: Evidence[]): Promise<ArtifactEntry[]> => {
    const entries: ArtifactEntry[] = []
    for (const piece of evidence) entries.push(await writer.add(kind, piece))
    return entries
  }
  let taken: Promise<Evidence[]> | undefined
  try {
    taken = captures[kind].take({
      ...context,
      pending,
      turn: () => unlessCancelled(turn()),
      spread: () => unlessCancelled(spread()),
      mayTake(ms) {
        cancelled.throwIfAborted()
        parts.onLonger(ms)
        deadline.putOff(ms)
      },
    })
    // A writer that was closed takes nothing more, and tells a stream that nobody wants it.
    parts.onBegun(
      kind,
      taken.then(evidence => (cancelled.aborted ? add(evidence) : undefined)),
    )
    const evidence = await Promise.race([deadline.within(taken), parts.givenUp(kind)])
    const entries = await add(evidence)
    if (!cancelled.aborted) {
      parts.onTaken(entries)
      progress.finished(entries)
    }
    return { kind, evidence, entries }
  } catch (error) {
    if (error instanceof CaptureRefused) parts.onRefused(error.instead)
    else if (!cancelled.aborted) onError(`capture ${kind}`, error)
    const entries = [failedEntry(kind, error)]
    if (!cancelled.aborted) progress.finished(entries)
    return { kind, evidence: [], entries }
  } finally {
    pending(null)
    // One that was given up may still hold the app up.
    taken?.then(giveBack, giveBack)
  }
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
